package dev.threadsmigration.demo;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/** Composes ordinary users. One in twenty has an id from before the legacy system used UUIDs. */
final class UserDrafts {

    private final Phrases phrases;
    private final Chance chance;
    private long legacyId = 1_000;

    UserDrafts(Phrases phrases, Chance chance) {
        this.phrases = phrases;
        this.chance = chance;
    }

    List<Member> next(int count) {
        List<Member> members = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            members.add(next());
        }
        return members;
    }

    Member next() {
        legacyId++;
        Language language = phrases.language(chance);
        String id = legacyId % 20 == 7 ? "u-" + legacyId : chance.uuid().toString();
        OffsetDateTime created = chance.moment(language.offset());
        LegacyUser row = new LegacyUser(
                id,
                legacyId,
                phrases.fullName(language, chance),
                "member" + legacyId + "@example.com",
                created,
                chance.percent(30) ? null : chance.soonAfter(created));
        return new Member(row, language);
    }
}
