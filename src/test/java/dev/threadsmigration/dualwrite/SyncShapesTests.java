package dev.threadsmigration.dualwrite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadsmigration.support.Forum;
import dev.threadsmigration.support.ReportedRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Legacy shapes as Prisma, TypeORM and people make them: what they get of the application's writes, and what comes back. */
class SyncShapesTests {

    private static final String USER = "00000000-0000-4000-8000-000000000009";
    private static final String MADE = "00000000-0000-4000-8000-000000000901";
    private static final String RATED = "00000000-0000-4000-8000-000000000902";

    @TempDir
    Path folder;

    private Forum forum;
    private String[] settings = {};

    private ReportedRun run(String command, String... more) {
        List<String> all = new ArrayList<>(List.of(settings));
        all.add("--migration.dual-write.enabled=true");
        all.add("--migration.dual-write.deletes=carry");
        all.addAll(List.of(more));
        return ReportedRun.of(forum, folder, command, all.toArray(String[]::new))
                .endsWith(0);
    }

    private void migrate(String mapping) throws IOException {
        Files.writeString(folder.resolve("job.yml"), "migration:\n  name: shapes\n" + mapping);
        run("migrate");
    }

    /** Each sync proves itself: both sides agree, and a migrate finds nothing that it would change. */
    private void sync() {
        run("sync");
        run("validate");
        List<String> before = target();
        follow();
        assertThat(target()).isEqualTo(before);
    }

    private void follow() {
        run("migrate", "--migration.on-changed=update", "--migration.on-deleted=remove");
    }

    private List<String> target() {
        List<String> rows = new ArrayList<>();
        for (String table : List.of("users", "threads", "feedback")) {
            rows.addAll(forum.ask("SELECT t FROM " + table + " t ORDER BY id"));
        }
        return rows;
    }

    private List<String> legacy(String query) {
        return forum.ask(forum.legacyUrl(), query);
    }

    private List<String> queue() {
        return forum.ask(
                "SELECT record_id, held_because, detail FROM threads_migration.queued_write ORDER BY record_id, detail");
    }

    /** With enums, columns that must have a value, organizations whose ids are no UUIDs, and no date of a feedback's change. */
    @Test
    void prisma() throws IOException {
        forum = Forum.onPostgres().withTargetTables();
        forum.legacy(
                "CREATE TYPE \"Status\" AS ENUM ('OPEN', 'CLOSED')",
                "CREATE TYPE \"FeedbackType\" AS ENUM ('THUMBS', 'RATING')",
                """
                CREATE TABLE "User" (id text PRIMARY KEY, name text NOT NULL, role text NOT NULL DEFAULT 'USER',
                    "createdAt" timestamp(3) NOT NULL DEFAULT CURRENT_TIMESTAMP, "updatedAt" timestamp(3) NOT NULL)""",
                """
                CREATE TABLE "Thread" (id text PRIMARY KEY, title text NOT NULL DEFAULT 'New',
                    "userId" text NOT NULL REFERENCES "User" ON DELETE RESTRICT, "organizationId" text, metadata jsonb NOT NULL,
                    status "Status" NOT NULL DEFAULT 'OPEN', "closedAt" timestamp(3),
                    "createdAt" timestamp(3) NOT NULL DEFAULT CURRENT_TIMESTAMP, "updatedAt" timestamp(3) NOT NULL)""",
                """
                CREATE TABLE "Feedback" (id text PRIMARY KEY, "threadId" text NOT NULL REFERENCES "Thread" ON DELETE CASCADE,
                    "userId" text NOT NULL REFERENCES "User", type "FeedbackType" NOT NULL, value text, comment text,
                    "messageId" text, helpful boolean, rating integer,
                    "createdAt" timestamp(3) NOT NULL DEFAULT CURRENT_TIMESTAMP)""",
                "INSERT INTO \"User\" VALUES ('cu1', 'Ada', 'ADMIN', '2024-01-01', '2024-01-01')",
                """
                INSERT INTO "Thread" VALUES
                    ('ct1', 'Hello', 'cu1', 'org1', '{"a": 1}', 'CLOSED', '2024-01-01 11:00:00.5', '2024-01-01', '2024-01-01'),
                    ('ct2', 'Other', 'cu1', 'org1', '{}', 'OPEN', NULL, '2024-01-01', '2024-01-01')""",
                "INSERT INTO \"Feedback\" VALUES ('cf1', 'ct1', 'cu1', 'RATING', NULL, 'good', 'm1', true, 5, '2024-01-03')");
        migrate("""
                  preset: prisma
                  mapping:
                    threads: { fields: { metadata: { columns: [status, closedAt] } } }
                    feedback: { fields: { type: { values: { THUMBS: thumbs, RATING: rating } } } }
                """);
        forum.target(
                """
                INSERT INTO users VALUES ('{U}', 'Bob', '2026-01-01 00:00:00.123456', '2026-01-01')""".replace("{U}", USER),
                """
                INSERT INTO threads (id, title, user_id, organization_id, metadata, created_at, updated_at)
                SELECT '{T}', NULL, '{U}', organization_id, '{"status": "OPEN", "closedAt": null, "n": 2.50}',
                    '2026-01-02 03:04:05.123456', '2026-01-02' FROM threads WHERE title = 'Hello'""".replace("{T}", MADE).replace("{U}", USER),
                """
                INSERT INTO feedback (id, thread_id, user_id, type, value, helpful, rating, created_at, updated_at)
                VALUES ('{F}', '{T}', '{U}', 'thumbs', 'up', false, 4, '2026-01-03', '2026-01-04')""".replace("{F}", RATED).replace("{T}", MADE).replace("{U}", USER),
                """
                UPDATE threads SET title = 'Renamed', user_id = '{U}', metadata = metadata || '{"closedAt": "2026-02-02T02:02:02.5"}'
                WHERE title = 'Hello'""".replace("{U}", USER),
                """
                UPDATE feedback SET type = 'thumbs', value = 'down', comment = NULL, message_id = NULL, helpful = NULL,
                    rating = NULL, updated_at = '2026-01-05' WHERE comment = 'good'""");
        sync();
        assertThat(queue()).isEmpty();
        assertThat(legacy("SELECT id, name, role, \"createdAt\" FROM \"User\" ORDER BY name"))
                .containsExactly("cu1|Ada|ADMIN|2024-01-01 00:00:00", USER + "|Bob|USER|2026-01-01 00:00:00.123");
        assertThat(
                        legacy(
                                "SELECT id, title, \"userId\", \"organizationId\", metadata, status, \"closedAt\" FROM \"Thread\" ORDER BY id"))
                .containsExactly(
                        MADE + "|Untitled|" + USER + "|org1|{\"n\": 2.50}|OPEN|null",
                        "ct1|Renamed|" + USER + "|org1|{\"a\": 1}|CLOSED|2026-02-02 02:02:02.5",
                        "ct2|Other|cu1|org1|{}|OPEN|null");
        assertThat(
                        legacy(
                                "SELECT id, \"threadId\", type, value, comment, \"messageId\", helpful, rating FROM \"Feedback\" ORDER BY id"))
                .containsExactly(
                        RATED + "|" + MADE + "|THUMBS|up|null|null|f|4", "cf1|ct1|THUMBS|down|null|null|null|null");

        forum.target(
                "UPDATE threads SET metadata = '{\"status\": \"LOST\"}' WHERE title = 'Other'",
                "UPDATE threads SET metadata = metadata || '{\"closedAt\": \"2026-02-02T02:02:02Z\"}' WHERE title = 'Renamed'",
                "UPDATE threads SET metadata = NULL WHERE id = '" + MADE + "'");
        run("sync");
        assertThat(queue())
                .hasSize(3)
                .anyMatch(held -> held.contains("invalid input value for enum \"Status\": \"LOST\""))
                .anyMatch(held -> held.contains("its metadata.closedAt is no date and time without a zone"))
                .anyMatch(held -> held.startsWith(MADE) && held.contains("\"status\""));
    }

    /** Without a column for organization, tenant and metadata: the target alone has them, and keeps them. */
    @Test
    void typeOrm() throws IOException {
        forum = Forum.onPostgres().withTargetTables();
        String ada = "00000000-0000-4000-8000-000000000001";
        String hello = "00000000-0000-4000-8000-000000000101";
        forum.legacy(
                """
                CREATE TABLE "user" (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), name varchar NOT NULL,
                    "createdAt" timestamp NOT NULL DEFAULT now(), "updatedAt" timestamp NOT NULL DEFAULT now())""",
                """
                CREATE TABLE thread (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), title varchar,
                    "createdAt" timestamp NOT NULL DEFAULT now(), "updatedAt" timestamp NOT NULL DEFAULT now(),
                    "userId" uuid NOT NULL REFERENCES "user" ON DELETE CASCADE)""",
                """
                CREATE TABLE feedback (id uuid PRIMARY KEY, type varchar(50) NOT NULL, rating integer,
                    "createdAt" timestamp NOT NULL, "threadId" uuid NOT NULL, "userId" uuid NOT NULL)""",
                "INSERT INTO \"user\" VALUES ('" + ada + "', 'Ada', '2024-07-01', '2024-07-01')",
                "INSERT INTO thread VALUES ('" + hello + "', NULL, '2024-07-01', '2024-07-01', '" + ada + "')");
        settings = new String[] {"--migration.source.time-zone=Europe/Berlin"};
        migrate("  preset: typeorm\n");
        forum.target(
                "UPDATE threads SET metadata = metadata || '{\"pinned\": true}', tenant_id = 'north'",
                """
                INSERT INTO threads (id, title, user_id, organization_id, metadata, created_at, updated_at)
                VALUES ('{T}', 'Made', '{A}', '{T}', '{"b": 2}', '2026-07-02 03:04:05.678901', '2026-01-02')""".replace("{T}", MADE).replace("{A}", ada));
        sync();
        assertThat(legacy("SELECT id, title, \"createdAt\", \"updatedAt\", \"userId\" FROM thread ORDER BY id"))
                .containsExactly(
                        hello + "|null|2024-07-01 00:00:00|2024-07-01 00:00:00|" + ada,
                        MADE + "|Made|2026-07-02 05:04:05.678901|2026-01-02 01:00:00|" + ada);
        assertThat(forum.ask("SELECT kept_because FROM threads_migration.carried_write WHERE action = 'kept'"))
                .containsExactly("legacy has no place for what changed");

        for (String title : List.of("By legacy", "By legacy again")) {
            forum.legacy("UPDATE thread SET title = '" + title + "'");
            follow();
            assertThat(
                            forum.ask(
                                    "SELECT title, organization_id, tenant_id, metadata ->> 'pinned', metadata ->> 'b' FROM threads ORDER BY id"))
                    .containsExactly(title + "|null|north|true|null", title + "|" + MADE + "|null|null|2");
        }
        run("rollback", "--yes");
        run("rollback", "--undo", "--yes");
        run("validate");
        forum.target("DELETE FROM threads");
        sync();
        assertThat(legacy("SELECT id FROM thread")).isEmpty();
    }

    /** Words, dates in two columns and as numbers, a where, a constant, and a column that the target alone has. */
    @Test
    void manyRules() throws IOException {
        forum = Forum.onPostgres().withTargetTables();
        forum.target("ALTER TABLE users ADD email text NOT NULL");
        String whole = "x".repeat(300);
        forum.legacy(
                "CREATE TABLE users (pk int PRIMARY KEY, uid text UNIQUE, name text, day date, tod time, changed bigint, mail text)",
                """
                CREATE TABLE threads (id uuid PRIMARY KEY, title text, user_id text REFERENCES users (uid), organization_id int,
                    tenant_id text, status int, tags text, created_ms bigint)""",
                """
                CREATE TABLE feedback (id uuid PRIMARY KEY, thread_id uuid, user_id text, vote char(1), stars text,
                    created_at timestamptz)""",
                "INSERT INTO users VALUES (1, 'ann', 'Ann', '2020-02-29', '23:59:01', 1700000000, 'ann@x')",
                "INSERT INTO threads VALUES ('" + RATED + "', '" + whole
                        + "', 'ann', 7, 'main', 3, 'a,b', 1700000000123)",
                "INSERT INTO feedback VALUES ('" + USER + "', '" + RATED + "', 'ann', 'u', 'good', '2024-07-01')");
        migrate("""
                  preset: raw-sql
                  mapping:
                    users:
                      key: pk
                      fields:
                        id: { column: uid }
                        createdAt: { columns: [day, tod], type: date-and-time }
                        updatedAt: { column: changed, type: epoch-seconds }
                      extra: { email: { column: mail } }
                    threads:
                      where: tenant_id <> 'hidden'
                      fields:
                        title: { too-long: truncate }
                        metadata: { columns: [status, tags], types: { tags: list } }
                        createdAt: { column: created_ms, type: epoch-millis }
                    feedback:
                      fields:
                        type: { constant: vote }
                        value: { column: vote, values: { u: up, d: down } }
                        rating: { column: stars, values: { bad: 1, good: 5 } }
                """);
        forum.target(
                "UPDATE users SET name = 'Ann L.', email = 'own@x', created_at = '2020-03-01 00:00:00.5', updated_at = '2026-02-02 02:02:02.9'",
                "UPDATE threads SET title = left(title, 40), metadata = metadata || '{\"tags\": [\"z\"], \"status\": null}'",
                "UPDATE feedback SET value = 'down', rating = 1, type = 'other', updated_at = '2026-03-03'",
                """
                INSERT INTO threads (id, title, user_id, organization_id, tenant_id, metadata, created_at, updated_at)
                SELECT '{T}', 'Made', user_id, organization_id, 'main', '{}', '2026-01-02 03:04:05.678901', '2026-01-02'
                FROM threads""".replace("{T}", MADE));
        sync();
        assertThat(queue()).isEmpty();
        assertThat(legacy("SELECT name, day, tod, changed, mail FROM users"))
                .containsExactly("Ann L.|2020-03-01|00:00:00.5|1769997722|ann@x");
        assertThat(legacy("SELECT title, user_id, organization_id, status, tags, created_ms FROM threads ORDER BY id"))
                .containsExactly("Made|ann|7|null|null|1767323045678", "x".repeat(40) + "|ann|7|null|z|1700000000123");
        assertThat(legacy("SELECT vote, stars FROM feedback")).containsExactly("d|bad");

        forum.target(
                "UPDATE threads SET tenant_id = 'hidden' WHERE id = '" + RATED + "'",
                "INSERT INTO threads (id, title, user_id, tenant_id, created_at, updated_at) SELECT '" + USER
                        + "', 'Hid', id, 'hidden', now(), now() FROM users",
                "UPDATE feedback SET rating = 3");
        run("sync");
        assertThat(queue())
                .containsExactly(
                        USER
                                + "|legacy cannot take it|its rating is a value for which legacy has no word: it has bad, good",
                        USER + "|legacy cannot take it|the job file's where would leave its legacy row out",
                        RATED + "|legacy cannot take it|the job file's where would leave its legacy row out");
        forum.legacy("UPDATE users SET name = 'By legacy'");
        run("migrate", "--migration.on-changed=update", "--migration.validation.enabled=false");
        assertThat(forum.ask("SELECT name, email FROM users")).containsExactly("By legacy|own@x");
    }
}
