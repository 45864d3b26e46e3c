package dev.threadsmigration.demo;

import java.util.ArrayList;
import java.util.List;

/** Threads at the edge of what is legal: every one of them must be migrated. */
final class UnusualThreads {

    /**
     * Exactly 255 code points. These emoji take one UTF-16 unit each, because H2 counts those: with a longer emoji the
     * same title would fit PostgreSQL's {@code varchar(255)}, but not the demo's.
     */
    private static final String LONGEST_SUBJECT = "⚡☕✨" + "Status? ".repeat(31) + "now⏳";

    private static final String[] CUSTOM_FIELDS = {
        nested(100),
        "{\"refund\":1e999}",
        "{\"orderNumber\":123456789012345678901234567890}",
        "{\"migrated\":\"no\",\"priority\":\"low\"}",
        "{\"oldId\":\"CRM-77\",\"tags\":[\"import\"]}",
        "{\"customFields\":{\"region\":\"EMEA\"}}",
        "{\"migrated\":false,\"migratedAt\":\"2018-05-01\",\"oldSystem\":\"phpBB\",\"oldId\":12}",
        "{\"oldId\":null,\"customFields\":[1,2,{\"migrated\":true}]}",
        "{}",
        " { \"\" : \"an empty name\" , \"a.b\" : 1E+2 , \"A.B\" : -0 } "
    };

    private UnusualThreads() {}

    static List<LegacyThread> compose(ThreadDrafts drafts) {
        List<LegacyThread> threads = new ArrayList<>();
        threads.add(drafts.next().withSubject(LONGEST_SUBJECT));
        for (String customFields : CUSTOM_FIELDS) {
            threads.add(drafts.next().withCustomFields(customFields));
        }
        return threads;
    }

    /** A JSON object with so many objects in it, the outermost included. */
    static String nested(int levels) {
        return "{\"in\":".repeat(levels - 1) + "{}" + "}".repeat(levels - 1);
    }
}
