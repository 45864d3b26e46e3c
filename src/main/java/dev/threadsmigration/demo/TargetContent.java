package dev.threadsmigration.demo;

import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * What the target holds before the migration: rows that the new application made, and rows that collide with legacy
 * ones (see {@link RepeatedThreads}).
 */
record TargetContent(List<User> users, List<Thread> threads, List<Feedback> feedback) {

    record User(UUID id, String name, LocalDateTime created, LocalDateTime updated) {}

    record Thread(
            UUID id,
            String title,
            UUID userId,
            UUID organizationId,
            String tenantId,
            String metadata,
            LocalDateTime created,
            LocalDateTime updated) {}

    record Feedback(UUID id, UUID threadId, UUID userId, String comment, int rating, LocalDateTime created) {}

    private static final int NATIVE_USERS = 20;
    private static final int MIGRATED_USERS = 5;
    private static final String MARKERS =
            "{\"migrated\":true,\"migratedAt\":\"2025-01-01T00:00:00Z\",\"oldSystem\":\"legacy-v1\",\"oldId\":";
    private static final String[] NATIVE_TITLES = {
        "Made in the new application ✨", "Neu hier: wo finde ich die Hilfe?", "新しい画面について"
    };

    static TargetContent compose(Phrases phrases, List<Member> members, RepeatedThreads repeated, Chance chance) {
        List<User> users = new ArrayList<>();
        for (int i = 0; i < NATIVE_USERS; i++) {
            LocalDateTime created = utc(chance.moment(ZoneOffset.UTC));
            users.add(new User(chance.uuid(), phrases.fullName(phrases.language(chance), chance), created, created));
        }
        List<Thread> threads = new ArrayList<>();
        List<Feedback> feedback = new ArrayList<>();
        for (int i = 0; i < NATIVE_TITLES.length; i++) {
            Thread thread = nativeThread(chance.uuid(), NATIVE_TITLES[i], users.get(i), chance);
            threads.add(thread);
            feedback.add(nativeFeedback(thread, users.get(i + 1), phrases, chance));
        }
        threads.add(nativeThread(UUID.fromString(repeated.taken().id()), "I was here first", users.get(4), chance));

        for (Member member : members.subList(0, MIGRATED_USERS)) {
            users.add(migrated(member.row()));
        }
        for (LegacyThread thread : repeated.migratedBefore()) {
            threads.add(migrated(thread));
        }
        return new TargetContent(users, threads, feedback);
    }

    private static Thread nativeThread(UUID id, String title, User owner, Chance chance) {
        LocalDateTime created = owner.created().plusHours(1 + chance.below(100));
        String metadata = "{\"madeBy\":\"new-app\"}";
        return new Thread(id, title, owner.id(), null, "pilot", metadata, created, created.plusMinutes(5));
    }

    private static Feedback nativeFeedback(Thread thread, User author, Phrases phrases, Chance chance) {
        String comment = phrases.comment(phrases.languages().get(0), chance);
        return new Feedback(
                chance.uuid(),
                thread.id(),
                author.id(),
                comment,
                5,
                thread.created().plusDays(1));
    }

    private static User migrated(LegacyUser user) {
        return new User(
                UUID.fromString(user.id()),
                user.fullName(),
                utc(user.created()),
                utc(user.modified() == null ? user.created() : user.modified()));
    }

    private static Thread migrated(LegacyThread thread) {
        return new Thread(
                UUID.fromString(thread.id()),
                thread.subject(),
                UUID.fromString(thread.ownerId()),
                UUID.fromString(thread.companyId()),
                thread.divisionCode(),
                MARKERS + thread.legacyId() + "," + thread.customFields().substring(1),
                utc(thread.created()),
                utc(thread.modified() == null ? thread.created() : thread.modified()));
    }

    private static LocalDateTime utc(OffsetDateTime moment) {
        return moment.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime();
    }
}
