package dev.threadsmigration.demo;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** Threads that must be rejected, each for the one reason beside it. */
final class BadThreads {

    private static final OffsetDateTime YEAR_300000 = OffsetDateTime.of(300_000, 6, 15, 12, 0, 0, 0, ZoneOffset.UTC);

    private final ThreadDrafts drafts;
    private final List<LegacyThread> threads = new ArrayList<>();

    private BadThreads(ThreadDrafts drafts) {
        this.drafts = drafts;
    }

    static List<LegacyThread> compose(ThreadDrafts drafts, List<LegacyUser> rejectedUsers) {
        BadThreads bad = new BadThreads(drafts);
        bad.addBadColumns();
        bad.addBadCustomFields();
        bad.addUnstorableCharacters();
        bad.addBadOwners(rejectedUsers);
        return bad.threads;
    }

    private void addBadColumns() {
        threads.add(drafts.next().withOwner(null)); // required_missing
        threads.add(drafts.next().withDates(null, null)); // required_missing
        threads.add(drafts.next().withSubject("😭" + "Help! ".repeat(42) + "now")); // too_long: 256 code points
        threads.add(drafts.next().withDivision("EMEA/DACH/".repeat(25) + "Vienna")); // too_long: 256 code points
        threads.add(drafts.next().withDates(YEAR_300000, null)); // date_out_of_range
    }

    private void addBadCustomFields() {
        addCustomFields("priority=high; tags=billing,vat"); // metadata_invalid
        addCustomFields("{\"priority\":\"high\",\"tags\":[\"billing\""); // metadata_invalid: cut off
        addCustomFields("[\"billing\",\"vat\"]"); // metadata_not_object
        addCustomFields("{\"priority\":\"low\",\"source\":\"web\",\"priority\":\"high\"}"); // metadata_repeated_key
        addCustomFields(UnusualThreads.nested(1_500)); // metadata_too_deep
        addCustomFields("{\"refund\":1e200000}"); // number_out_of_range
    }

    private void addUnstorableCharacters() {
        threads.add(drafts.next().withSubject("Imported from\0mainframe")); // nul_character
        addCustomFields("{\"note\":\"cut\\u0000here\"}"); // nul_character, as an escape
        threads.add(drafts.next().withSubject("Thanks a lot \ud83d")); // lone_surrogate: half an emoji
        addCustomFields("{\"note\":\"cut \\ud83d\"}"); // lone_surrogate, as an escape
    }

    private void addBadOwners(List<LegacyUser> rejectedUsers) {
        threads.add(drafts.next().withOwner(drafts.uuid())); // user_not_found
        threads.add(drafts.next().withOwner("u-9999")); // user_not_found
        for (int i = 0; i < rejectedUsers.size(); i++) {
            for (int left = 2 + i % 2; left > 0; left--) {
                threads.add(drafts.next().withOwner(rejectedUsers.get(i).id())); // user_rejected
            }
        }
    }

    private void addCustomFields(String customFields) {
        threads.add(drafts.next().withCustomFields(customFields));
    }
}
