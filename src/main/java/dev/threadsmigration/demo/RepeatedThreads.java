package dev.threadsmigration.demo;

import java.util.List;
import java.util.Locale;

/**
 * Legacy threads whose new id is claimed twice.
 *
 * @param migratedBefore the target holds them, with the markers of an earlier migration: duplicates
 * @param taken the target holds another record under its id: {@code id_taken}
 * @param inOtherCase pairs whose ids differ in case only: the first pair has the same content (the second of them is a
 *     duplicate), the second pair has not ({@code id_repeated})
 */
record RepeatedThreads(List<LegacyThread> migratedBefore, LegacyThread taken, List<LegacyThread> inOtherCase) {

    private static final String CUSTOM_FIELDS = "{\"priority\":\"high\",\"tags\":[\"vat\",\"2024\"],\"refund\":0.10}";

    /** The first two of these members must be in the target. */
    static RepeatedThreads compose(ThreadDrafts drafts, List<Member> members) {
        LegacyThread same = drafts.next().withId(drafts.uuid());
        LegacyThread different = drafts.next().withId(drafts.uuid());
        return new RepeatedThreads(
                List.of(
                        migratedBefore(drafts, members.get(0)).withSubject("Welcome to the pilot group 🎉"),
                        migratedBefore(drafts, members.get(1)).withSubject("Pilot: Umlaute äöü im Export?")),
                drafts.next().withId(drafts.uuid()).withSubject("Who took my number?"),
                List.of(
                        same,
                        same.withId(same.id().toUpperCase(Locale.ROOT)),
                        different.withSubject("Two rows, one id: the first"),
                        drafts.next()
                                .withId(different.id().toUpperCase(Locale.ROOT))
                                .withSubject("Two rows, one id: the second")));
    }

    private static LegacyThread migratedBefore(ThreadDrafts drafts, Member owner) {
        return drafts.next()
                .withId(drafts.uuid())
                .withOwner(owner.row().id())
                .withCompany(drafts.uuid())
                .withCustomFields(CUSTOM_FIELDS);
    }

    List<LegacyThread> all() {
        return List.of(
                migratedBefore.get(0),
                migratedBefore.get(1),
                taken,
                inOtherCase.get(0),
                inOtherCase.get(1),
                inOtherCase.get(2),
                inOtherCase.get(3));
    }
}
