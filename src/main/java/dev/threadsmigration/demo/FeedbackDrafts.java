package dev.threadsmigration.demo;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/** Composes ordinary feedback: stars, thumbs and comments on ordinary threads. */
final class FeedbackDrafts {

    private static final String[] TYPES = {"rating", "rating", "helpful", "comment", "resolution"};

    private final Phrases phrases;
    private final List<Member> members;
    private final List<LegacyThread> threads;
    private final Chance chance;
    private long legacyId = 50_000;

    FeedbackDrafts(Phrases phrases, List<Member> members, List<LegacyThread> threads, Chance chance) {
        this.phrases = phrases;
        this.members = members;
        this.threads = threads;
        this.chance = chance;
    }

    List<LegacyFeedback> next(int count) {
        List<LegacyFeedback> feedback = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            feedback.add(next());
        }
        return feedback;
    }

    LegacyFeedback next() {
        legacyId++;
        Member member = members.get(chance.skewed(members.size()));
        LegacyThread thread = threads.get(chance.below(threads.size()));
        String type = chance.pick(TYPES);
        int stars = chance.percent(70) ? 4 + chance.below(2) : 1 + chance.below(3);
        boolean helpful = stars > 3;
        OffsetDateTime created = chance.soonAfter(thread.created());
        return new LegacyFeedback(
                uuid(),
                legacyId,
                thread.id(),
                member.row().id(),
                type,
                value(type, stars, helpful),
                chance.percent(40) ? phrases.comment(member.language(), chance) : null,
                chance.percent(60) ? "msg_" + chance.uuid() : null,
                type.equals("helpful") ? String.valueOf(helpful) : null,
                type.equals("rating") ? String.valueOf(stars) : null,
                created,
                chance.percent(70) ? null : chance.soonAfter(created));
    }

    String uuid() {
        return chance.uuid().toString();
    }

    private static String value(String type, int stars, boolean helpful) {
        return switch (type) {
            case "rating" -> "★".repeat(stars);
            case "helpful" -> helpful ? "👍" : "👎";
            case "resolution" -> helpful ? "solved" : "open";
            default -> null;
        };
    }
}
