package dev.threadsmigration.demo;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/** Composes ordinary threads. One in 250 has an id from before the legacy system used UUIDs. */
final class ThreadDrafts {

    private static final String[] BLANKS = {"", " ", "   ", "\t"};
    private static final String[] COMPANY_CODES = {
        "acme-gmbh",
        "globex",
        "initech-uk",
        "umbrella-sa",
        "tanaka-kk",
        "northwind",
        "ACME-GMBH-AT",
        "4711",
        "müller&söhne"
    };

    private final Phrases phrases;
    private final List<Member> members;
    private final Chance chance;
    private final CustomFields customFields;
    private final String[] companies;
    private long legacyId = 20_000;

    ThreadDrafts(Phrases phrases, List<Member> members, Chance chance) {
        this.phrases = phrases;
        this.members = members;
        this.chance = chance;
        this.customFields = new CustomFields(phrases, chance);
        this.companies = new String[3 * COMPANY_CODES.length];
        for (int i = 0; i < companies.length; i++) {
            companies[i] = i % 3 == 0 ? COMPANY_CODES[i / 3] : chance.uuid().toString();
        }
    }

    List<LegacyThread> next(int count) {
        List<LegacyThread> threads = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            threads.add(next());
        }
        return threads;
    }

    LegacyThread next() {
        legacyId++;
        int author = chance.skewed(members.size());
        LegacyUser owner = members.get(author).row();
        OffsetDateTime created = chance.after(owner.created());
        return new LegacyThread(
                legacyId % 250 == 231 ? "T-" + legacyId : uuid(),
                legacyId,
                subject(members.get(author).language()),
                owner.id(),
                chance.percent(10) ? null : companies[author % companies.length],
                chance.percent(25) ? null : chance.pick(phrases.divisions()),
                chance.percent(20) ? null : customFields.next(),
                created,
                chance.percent(30) ? null : chance.soonAfter(created));
    }

    String uuid() {
        return chance.uuid().toString();
    }

    private String subject(Language ownLanguage) {
        if (chance.percent(3)) {
            return null;
        }
        if (chance.percent(2)) {
            return chance.pick(BLANKS);
        }
        return phrases.subject(
                chance.percent(85) ? ownLanguage : phrases.languages().get(0), chance);
    }
}
