package dev.threadsmigration.support;

import java.util.ArrayList;
import java.util.List;

/**
 * A forum in which every field has a value and no record is bad: 6 users, 24 threads, 6 feedback records. The users with
 * an even number have a text as their id, all other ids are UUIDs and stay as they are.
 */
public final class SampleForum {

    public static final int USERS = 6;
    public static final int THREADS = 24;
    public static final int FEEDBACK = 6;

    public static final String CUSTOM_FIELDS =
            "{\"plan\": \"gold\", \"exact\": 12345678901234567890, \"deep\": {\"list\": [1, {\"x\": 1.50}]}, \"oldId\": \"theirs\"}";

    private SampleForum() {}

    public static String user(int n) {
        return n % 2 == 0 ? "user-" + n : "00000000-0000-4000-8000-00000000010" + n;
    }

    public static String thread(int n) {
        return "00000000-0000-4000-8000-%012d".formatted(200 + n);
    }

    public static String feedback(int n) {
        return "00000000-0000-4000-8000-%012d".formatted(300 + n);
    }

    public static Forum in(Forum forum) {
        forum.withLegacyTables().withTargetTables();
        List<String> rows = new ArrayList<>();
        for (int n = 1; n <= USERS; n++) {
            rows.add("INSERT INTO legacy_users VALUES ('%s', 'Name %d', %s, %s)"
                    .formatted(
                            user(n), n, time("2019-03-04 05:06:0%d.123456".formatted(n)), time("2021-01-01 00:00:00")));
        }
        for (int n = 1; n <= THREADS; n++) {
            rows.add(
                    "INSERT INTO legacy_threads VALUES ('%s', %d, 'Subject %d of the sample', '%s', 'company-%d', 'Division %d', '%s', %s, %s)"
                            .formatted(
                                    thread(n),
                                    n,
                                    n,
                                    user(1 + n % USERS),
                                    n % 3,
                                    n,
                                    CUSTOM_FIELDS,
                                    time("2020-01-02 03:%02d:05.123456".formatted(n)),
                                    time("2022-01-02 03:%02d:05.654321".formatted(n))));
        }
        for (int n = 1; n <= FEEDBACK; n++) {
            rows.add(
                    "INSERT INTO legacy_feedback VALUES ('%s', '%s', '%s', 'rating', 'value %d', 'comment %d', 'message-%d', 'true', '%d', %s, %s)"
                            .formatted(
                                    feedback(n),
                                    thread(n),
                                    user(n),
                                    n,
                                    n,
                                    n,
                                    1 + n % 4,
                                    time("2020-05-06 07:08:09"),
                                    time("2020-05-07 07:08:09")));
        }
        return forum.legacy(rows.toArray(String[]::new));
    }

    /** A moment in UTC as SQL. */
    public static String time(String text) {
        return "TIMESTAMP WITH TIME ZONE '" + text + "+00'";
    }

    /** Puts another text into a thread's metadata in place of each match of a pattern. */
    public static void changeMetadata(Forum forum, String id, String pattern, String replacement) {
        String before = forum.ask("SELECT metadata FROM threads WHERE id = '" + id + "'")
                .get(0);
        String after = before.replaceAll(pattern, replacement);
        if (after.equals(before)) {
            throw new IllegalArgumentException(before + " has no " + pattern);
        }
        forum.target("UPDATE threads SET metadata = %s WHERE id = '%s'".formatted(json(forum, after), id));
    }

    /** JSON as SQL. */
    public static String json(Forum forum, String text) {
        String quoted = "'" + text.replace("'", "''") + "'";
        return forum.isPostgres() ? "CAST(" + quoted + " AS jsonb)" : "JSON " + quoted;
    }
}
