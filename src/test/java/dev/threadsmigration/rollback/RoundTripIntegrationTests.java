package dev.threadsmigration.rollback;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadsmigration.support.Forum;
import dev.threadsmigration.support.PostgresServer;
import dev.threadsmigration.support.ReportedRun;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random legacy threads go forward, every third is changed in the target by SQL, and all go back. What legacy must hold
 * is worked out by the same SQL on a copy of it.
 */
class RoundTripIntegrationTests {

    private static final long SEED = 20_260_203;
    private static final int THREADS = 10_500;
    private static final int USERS = 100;
    private static final String ALPHABET = "abc XYZ09äß漢🙂\"\\'%_\u00a0\t";
    private static final List<String> NAMES = List.of(
            "plan", "migrated", "migratedAt", "oldSystem", "oldId", "customFields", "originalTitle", "a b", "ü");

    private final Random random = new Random(SEED);
    private final Forum forum = Forum.onPostgres();

    @TempDir
    Path folder;

    @Test
    void whatChangedIsInLegacyWhatDidNotIsUntouchedAndTheNextMigrationIsAsTheFirst() throws SQLException {
        fill();
        ReportedRun.of(forum, folder, "migrate").endsWith(0);
        assertThat(forum.equation()).containsEntry("threads", THREADS + "|" + THREADS + "|0|0|0");
        List<String> firstMigration = target();
        forum.legacy("CREATE TABLE before AS SELECT *, ctid AS place FROM legacy_threads");
        change();
        expectInLegacy();

        ReportedRun rolledBack =
                ReportedRun.of(forum, folder, "rollback", "--yes").endsWith(0);

        assertThat(rolledBack.number("/rollback/restored")).isEqualTo(THREADS / 3);
        assertThat(rolledBack.number("/rollback/removed")).isEqualTo(THREADS + USERS);
        assertThat(forum.ask("SELECT count(*) FROM threads")).containsExactly("0");
        assertThat(forum.ask("SELECT count(*) FROM users")).containsExactly("0");
        assertThat(forum.ask(forum.legacyUrl(), """
                        SELECT l.*, b.* FROM legacy_threads l JOIN before b USING (id)
                        WHERE l.legacy_id % 3 <> 0 AND (l::text <> (b.id, b.legacy_id, b.subject, b.owner_id, b.company_id,
                              b.division_code, b.custom_fields, b.created_date, b.modified_date)::text OR l.ctid <> place)
                        LIMIT 3"""))
                .as("untouched, not even rewritten")
                .isEmpty();
        assertThat(forum.ask(forum.legacyUrl(), """
                        SELECT l.*, e.* FROM legacy_threads l FULL JOIN expected e USING (id)
                        WHERE (l.legacy_id, l.subject, l.owner_id, l.company_id, l.division_code,
                               coalesce(l.custom_fields::jsonb, '{}'), l.created_date, l.modified_date)
                          IS DISTINCT FROM (e.legacy_id, e.subject, e.owner_id, e.company_id, e.division_code,
                               coalesce(e.custom_fields::jsonb, '{}'), e.created_date, e.modified_date)
                        LIMIT 3"""))
                .as("the changes are in legacy")
                .isEmpty();

        forum.legacy("""
                UPDATE legacy_threads l SET (subject, owner_id, company_id, division_code, custom_fields, created_date,
                    modified_date) = (b.subject, b.owner_id, b.company_id, b.division_code, b.custom_fields,
                    b.created_date, b.modified_date)
                FROM before b WHERE b.id = l.id""");
        ReportedRun.of(forum, folder, "migrate").endsWith(0);
        assertThat(target()).isEqualTo(firstMigration);
    }

    /** Every third thread gets another value in every field, as an application would write it. */
    private void change() {
        forum.target("""
                UPDATE threads SET title = reverse(title) || '!',
                    user_id = (SELECT id FROM users ORDER BY md5(name || threads.id) LIMIT 1),
                    organization_id = md5(id::text)::uuid, tenant_id = 'tenant ' || (metadata ->> 'oldId'),
                    metadata = metadata || '{"changed": [1, 2.50], "plan": null}',
                    created_at = created_at - interval '1 day 0.000001 seconds',
                    updated_at = updated_at + interval '1 hour'
                WHERE (metadata ->> 'oldId')::integer % 3 = 0""");
    }

    /** The same on a copy of legacy; the owner is found by his name, which is his legacy id. */
    private void expectInLegacy() {
        List<String> owners = forum.ask("""
                SELECT format('(%s, %L)', t.metadata ->> 'oldId', u.name) FROM threads t JOIN users u ON u.id = t.user_id
                WHERE (t.metadata ->> 'oldId')::integer % 3 = 0""");
        List<String> ids = forum.ask("""
                SELECT format('(%s, %L)', metadata ->> 'oldId', md5(id::text)::uuid) FROM threads
                WHERE (metadata ->> 'oldId')::integer % 3 = 0""");
        forum.legacy(
                "CREATE TABLE expected AS SELECT * FROM legacy_threads",
                """
                UPDATE expected SET subject = reverse(coalesce(nullif(trim(E' \\t\\u00a0' FROM subject), ''), 'Untitled')) || '!'
                WHERE legacy_id % 3 = 0 AND (subject IS NULL OR trim(E' \\t' FROM subject) = '')""",
                """
                UPDATE expected SET subject = reverse(subject) || '!'
                WHERE legacy_id % 3 = 0 AND id IN (SELECT id FROM legacy_threads WHERE trim(E' \\t' FROM subject) <> '')""",
                """
                UPDATE expected SET division_code = 'tenant ' || legacy_id,
                    custom_fields = (coalesce(custom_fields::jsonb, '{}') || '{"changed": [1, 2.50], "plan": null}')::text,
                    created_date = created_date - interval '1 day 0.000001 seconds',
                    modified_date = coalesce(modified_date, created_date) + interval '1 hour'
                WHERE legacy_id % 3 = 0""",
                "UPDATE expected e SET owner_id = o.owner FROM (VALUES " + String.join(",", owners)
                        + ") o (n, owner) WHERE e.legacy_id = o.n",
                "UPDATE expected e SET company_id = o.company FROM (VALUES " + String.join(",", ids)
                        + ") o (n, company) WHERE e.legacy_id = o.n");
    }

    private void fill() throws SQLException {
        forum.withLegacyTables().withTargetTables();
        try (Connection connection = PostgresServer.shared().connect(forum.legacyUrl())) {
            connection.setAutoCommit(false);
            try (PreparedStatement users = connection.prepareStatement(
                    "INSERT INTO legacy_users VALUES (?, ?, timestamptz '2018-01-01 UTC', NULL)")) {
                for (int n = 0; n < USERS; n++) {
                    users.setString(1, owner(n));
                    users.setString(2, owner(n));
                    users.addBatch();
                }
                users.executeBatch();
            }
            try (PreparedStatement threads = connection.prepareStatement("""
                    INSERT INTO legacy_threads VALUES (?, ?, ?, ?, ?, ?, ?,
                        timestamptz 'epoch' + ? * interval '1 microsecond', timestamptz 'epoch' + ? * interval '1 microsecond')""")) {
                for (int n = 1; n <= THREADS; n++) {
                    thread(threads, n);
                    threads.addBatch();
                }
                threads.executeBatch();
            }
            connection.commit();
        }
        forum.legacy("CREATE UNIQUE INDEX ON legacy_threads (id)", "ANALYZE");
    }

    private static String owner(int n) {
        return n % 2 == 0 ? new UUID(0x4000L, 0x8000000000000000L + n).toString() : "owner-" + n;
    }

    private void thread(PreparedStatement row, int n) throws SQLException {
        row.setString(1, random.nextInt(3) == 0 ? "t-" + n : new UUID(random.nextLong(), random.nextLong()).toString());
        row.setInt(2, n);
        row.setString(3, random.nextInt(10) == 0 ? null : random.nextInt(20) == 0 ? "  " : "s" + text(60));
        row.setString(4, owner(random.nextInt(USERS)));
        row.setString(5, random.nextInt(3) == 0 ? null : "company-" + random.nextInt(9));
        row.setString(6, random.nextInt(3) == 0 ? null : "d" + text(20));
        row.setString(7, random.nextInt(10) == 0 ? null : object(0));
        long created = random.nextLong(0, 1_700_000_000_000_000L);
        row.setLong(8, created);
        row.setObject(
                9, random.nextInt(4) == 0 ? null : created + random.nextInt(1_000_000_000), java.sql.Types.BIGINT);
    }

    private String text(int longest) {
        StringBuilder text = new StringBuilder();
        int[] characters = ALPHABET.codePoints().toArray();
        for (int i = random.nextInt(longest); i > 0; i--) {
            text.appendCodePoint(characters[random.nextInt(characters.length)]);
        }
        return text.toString();
    }

    private String object(int depth) {
        StringBuilder json = new StringBuilder("{");
        for (String name : NAMES) {
            if (random.nextInt(5) == 0) {
                json.append(json.length() == 1 ? "" : ", ")
                        .append('"')
                        .append(name)
                        .append("\": ")
                        .append(value(depth));
            }
        }
        return json.append('}').toString();
    }

    private String value(int depth) {
        return switch (random.nextInt(depth > 2 ? 5 : 7)) {
            case 0 -> "null";
            case 1 -> String.valueOf(random.nextBoolean());
            case 2 -> random.nextLong() + "" + random.nextInt(1, 1_000_000_000) + "." + random.nextInt(1_000_000);
            case 3 -> String.valueOf(random.nextInt());
            case 4 -> '"' + text(20).replace("\\", "\\\\").replace("\"", "\\\"").replace("\t", "\\t") + '"';
            case 5 -> "[" + value(depth + 1) + ", " + value(depth + 1) + "]";
            default -> object(depth + 1);
        };
    }

    private List<String> target() {
        return forum.ask("""
                SELECT id, title, user_id, organization_id, tenant_id, metadata - 'migratedAt', created_at, updated_at
                FROM threads ORDER BY id""");
    }
}
