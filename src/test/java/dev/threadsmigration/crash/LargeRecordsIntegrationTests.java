package dev.threadsmigration.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadsmigration.support.MariaDbServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Records so large that a chunk of them is several times what Java may use of the memory. They stand side by side behind
 * small ones, as they do where attachments were kept in custom fields from some day on.
 */
class LargeRecordsIntegrationTests {

    private static final String HEAP = "64m";

    /** The last 80 have 300,000 characters each: 24 MB, of which a heap of 64 MB has room for 8 in a lane. */
    private static final String LEGACY = """
            CREATE TABLE legacy_users (id uuid PRIMARY KEY, full_name text, created_date timestamptz, modified_date timestamptz);
            CREATE TABLE legacy_threads (id bigint PRIMARY KEY, subject text, owner_id uuid, company_id uuid,
                division_code text, custom_fields jsonb, created_date timestamptz NOT NULL, modified_date timestamptz);
            INSERT INTO legacy_users VALUES ('00000000-0000-4000-8000-000000000001', 'Ada', '2024-01-01Z', '2024-01-01Z');
            INSERT INTO legacy_threads
            SELECT n, 'thread ' || n, '00000000-0000-4000-8000-000000000001', null, null,
                   jsonb_build_object('n', n, 'attachment', repeat(md5(n::text), CASE WHEN n > 100 THEN 9375 ELSE 1 END)),
                   '2024-01-01Z', '2024-01-02Z'
            FROM generate_series(1, 150) n;
            -- An owner who is not there yet: their threads are rejected.
            INSERT INTO legacy_threads
            SELECT n, 'orphan ' || n, '00000000-0000-4000-8000-000000000002', null, null,
                   jsonb_build_object('n', n, 'attachment', repeat(md5(n::text), 9375)), '2024-01-01Z', '2024-01-02Z'
            FROM generate_series(151, 180) n;
            """;

    private static final String CONTENTS = """
            SELECT md5(string_agg((%1$s->>'n') || md5(%1$s->>'attachment'), ',' ORDER BY (%1$s->>'n')::int)) FROM %2$s
            """;

    @Test
    void aChunkIsSmallerWhereItsRecordsAreLarge() throws IOException {
        ProcessForum forum = ProcessForum.empty();
        forum.legacy().execute(LEGACY);

        within(HEAP, forum, 0, "migrate");
        assertThat(threads(forum)).isEqualTo(150);
        Path errors;
        try (Stream<Path> files = Files.walk(forum.reports())) {
            errors = files.filter(file -> file.endsWith("errors.jsonl"))
                    .findFirst()
                    .orElseThrow();
        }
        try (Stream<String> lines = Files.lines(errors)) {
            assertThat(lines.filter(line -> line.contains("user_not_found"))).hasSize(30);
        }

        forum.legacy()
                .execute(
                        "INSERT INTO legacy_users VALUES ('00000000-0000-4000-8000-000000000002', 'Bo', '2024-01-01Z', null)");
        forum.run("migrate", "--migration.entities=users", ProcessForum.NO_VALIDATION);
        within(HEAP, forum, 0, "retry");
        assertThat(threads(forum)).isEqualTo(180);
        assertThat(forum.target().value(CONTENTS.formatted("metadata", "threads")))
                .isEqualTo(forum.legacy().value(CONTENTS.formatted("custom_fields", "legacy_threads")));

        forum.target().execute("UPDATE threads SET title = title || '!', updated_at = now() AT TIME ZONE 'UTC'");
        within(HEAP, forum, 0, "rollback", "--yes");
        assertThat(threads(forum)).isZero();
        assertThat(forum.legacy().value("SELECT count(*) FROM legacy_threads WHERE subject LIKE '%!'"))
                .isEqualTo("180");
        within(HEAP, forum, 0, "rollback", "--undo", "--yes");
        assertThat(threads(forum)).isEqualTo(180);
        assertThat(forum.target().value(CONTENTS.formatted("metadata", "threads")))
                .isEqualTo(forum.legacy().value(CONTENTS.formatted("custom_fields", "legacy_threads")));
    }

    @Test
    void oneRecordThatIsTooLargeStopsTheRunWithWordsAndNothingIsLost() {
        ProcessForum forum = ProcessForum.empty();
        forum.legacy().execute(LEGACY.replace("9375", "1"));
        forum.legacy()
                .execute("UPDATE legacy_threads SET custom_fields = jsonb_build_object('n', id, 'attachment',"
                        + " repeat(md5(id::text), 312500)) WHERE id = 120");

        assertThat(within(HEAP, forum, 1, "migrate"))
                .contains(
                        "a row of \"public\".\"legacy_threads\", one of the two after the key '118', is larger than the ")
                .contains("give it more with -Xmx");
        assertThat(threads(forum)).isBetween(50, 149);
        forum.run("migrate");
        assertThat(threads(forum)).isEqualTo(150);
    }

    @Test
    void whatMariaDbHoldsIsReadBitByBit() {
        MariaDbServer server = MariaDbServer.shared();
        Database legacy = new Database(server.createDatabase(), server.username(), server.password());
        legacy.execute("CREATE TABLE legacy_users (id char(36) PRIMARY KEY, full_name text, created_date datetime)");
        legacy.execute("INSERT INTO legacy_users VALUES ('00000000-0000-4000-8000-000000000001', 'Ada', '2024-01-01')");
        legacy.execute("CREATE TABLE legacy_threads (id bigint PRIMARY KEY, subject text, owner_id char(36),"
                + " company_id char(36), division_code text, custom_fields json, created_date datetime NOT NULL)");
        legacy.execute(
                "INSERT INTO legacy_threads SELECT seq, 'thread', '00000000-0000-4000-8000-000000000001', null, null,"
                        + " JSON_OBJECT('n', seq, 'attachment', REPEAT(MD5(seq), IF(seq > 50, 9375, 1))), '2024-01-01'"
                        + " FROM seq_1_to_100");
        ProcessForum forum = ProcessForum.emptyBeside(legacy);

        within(HEAP, forum, 0, "migrate");
        assertThat(forum.target().value("""
                SELECT count(*) FROM threads
                WHERE metadata->>'attachment' = repeat(md5(metadata->>'n'),
                                                       CASE WHEN (metadata->>'n')::int > 50 THEN 9375 ELSE 1 END)""")).isEqualTo("100");
    }

    private static int threads(ProcessForum forum) {
        return Integer.parseInt(forum.target().value("SELECT count(*) FROM threads"));
    }

    private static String within(String heap, ProcessForum forum, int exitCode, String command, String... options) {
        List<String> words = forum.words(null, command, options);
        words.add("--migration.chunk-size=5000");
        MigrationProcess process = MigrationProcess.startWithin(heap, words);
        process.assertExitCode(exitCode);
        return process.output();
    }
}
