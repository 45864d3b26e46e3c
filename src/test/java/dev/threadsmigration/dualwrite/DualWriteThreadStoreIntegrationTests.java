package dev.threadsmigration.dualwrite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.threadsmigration.model.Entity;
import dev.threadsmigration.model.Field;
import dev.threadsmigration.model.TargetRecord;
import dev.threadsmigration.support.CommandRun;
import dev.threadsmigration.support.Forum;
import dev.threadsmigration.support.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The store of an application in Java; what it does is looked at by SQL. */
class DualWriteThreadStoreIntegrationTests {

    private static final UUID ADA = UUID.fromString("00000000-0000-4000-8000-000000000001");
    private static final UUID BOB = UUID.fromString("00000000-0000-4000-8000-000000000002");
    private static final UUID FIRST = UUID.fromString("00000000-0000-4000-8000-000000000101");
    private static final UUID LATER = UUID.fromString("00000000-0000-4000-8000-000000000102");
    private static final UUID LIKED = UUID.fromString("00000000-0000-4000-8000-000000000201");

    @TempDir
    Path folder;

    private Forum forum;
    private String dualWrite = "{ enabled: true }";
    private String mapping = "{}";

    /** Ada and her first thread are moved; Bob, his thread and the feedback on it come to legacy after that. */
    @BeforeEach
    void moveSome() {
        forum = Forum.onPostgres().withLegacyTables().withTargetTables().user(ADA.toString(), "Ada");
        forum.thread(FIRST.toString(), "First", ADA.toString(), "{\"a\": 1}");
        done("migrate");
        forum.user(BOB.toString(), "Bob").thread(LATER.toString(), "Later", BOB.toString(), "{\"b\": 2.50}");
        forum.feedback(LIKED.toString(), LATER.toString(), ADA.toString());
    }

    private Path jobFile() {
        PostgresServer server = PostgresServer.shared();
        try {
            return Files.writeString(folder.resolve("job.yml"), """
                    migration:
                      name: %s
                      source: { url: "%s", username: %s, password: "%s" }
                      target: { url: "%s", username: %s, password: "%s" }
                      reports: "%s"
                      dual-write: %s
                      validation: { enabled: false }
                      mapping: %s
                    """.formatted(
                            forum.name(),
                            forum.legacyUrl(),
                            server.username(),
                            server.password(),
                            forum.targetUrl(),
                            server.username(),
                            server.password(),
                            folder.resolve("reports"),
                            dualWrite,
                            mapping));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private DualWriteThreadStore open() {
        return DualWriteThreadStore.open(jobFile());
    }

    private CommandRun done(String command) {
        CommandRun run = CommandRun.of(command, jobFile().toString());
        assertThat(run.exitCode()).as(run.all()).isZero();
        return run;
    }

    private List<String> queue() {
        return forum.ask("SELECT entity || ' ' || record_id FROM threads_migration.queued_write ORDER BY id");
    }

    @Test
    void whatIsCreatedReachesLegacyByTheQueue() {
        UUID made;
        try (DualWriteThreadStore store = open()) {
            made = store.create(
                    Entity.THREADS,
                    Map.of(
                            Field.TITLE,
                            "Made",
                            Field.USER_ID,
                            ADA,
                            Field.METADATA,
                            "{\"n\": 1.10}",
                            Field.CREATED_AT,
                            Instant.parse("2026-01-02T03:04:05.123456789Z")));
            assertThat(store.find(Entity.THREADS, made).orElseThrow().get(Field.TITLE))
                    .isEqualTo("Made");
        }
        assertThat(queue()).containsExactly("threads " + made);
        assertThat(forum.ask("SELECT title, metadata, created_at, updated_at > '2026-01-03' FROM threads WHERE id = '"
                        + made + "'"))
                .containsExactly("Made|{\"n\": 1.10}|2026-01-02 03:04:05.123456|t");
        done("sync");
        assertThat(forum.ask(
                        forum.legacyUrl(),
                        "SELECT subject, custom_fields FROM legacy_threads WHERE id = '" + made + "'"))
                .containsExactly("Made|{\"n\":1.10}");
        done("migrate");
        done("validate");
    }

    @Test
    void aRecordThatOnlyLegacyHasIsMovedWithThoseThatItRefersTo() {
        try (DualWriteThreadStore store = open()) {
            TargetRecord found = store.find(Entity.FEEDBACK, LIKED).orElseThrow();
            assertThat(found.get(Field.THREAD_ID)).isEqualTo(LATER);
        }
        assertThat(forum.ask(
                        "SELECT title, metadata ->> 'b', metadata ->> 'oldId' FROM threads WHERE id = '" + LATER + "'"))
                .containsExactly("Later|2.50|" + LATER);
        assertThat(forum.outcomes())
                .contains(
                        "users " + BOB + ": migrated",
                        "threads " + LATER + ": migrated",
                        "feedback " + LIKED + ": migrated");
        assertThat(queue()).isEmpty();
        assertThat(done("migrate").out()).contains("every legacy record has its outcome");
        assertThat(forum.equation()).containsEntry("threads", "2|2|0|0|0").containsEntry("users", "2|2|0|0|0");
        done("validate");
    }

    @Test
    void whatWasDeletedInTheNewSystemStaysAway() {
        try (DualWriteThreadStore store = open()) {
            assertThat(store.delete(Entity.THREADS, FIRST)).isTrue();
            assertThat(store.delete(Entity.THREADS, FIRST)).isFalse();
            assertThat(store.find(Entity.THREADS, FIRST)).isEmpty();
            assertThat(store.findByLegacyId(Entity.THREADS, FIRST.toString())).isEmpty();
        }
        assertThat(queue()).containsExactly("threads " + FIRST);
    }

    @Test
    void aRecordThatOnlyLegacyHasCanBeChanged() {
        try (DualWriteThreadStore store = open()) {
            assertThat(store.update(Entity.THREADS, LATER, Map.of(Field.TITLE, "Renamed")))
                    .isTrue();
            assertThat(store.update(Entity.THREADS, UUID.randomUUID(), Map.of(Field.TITLE, "Nobody's")))
                    .isFalse();
        }
        assertThat(queue()).containsExactly("threads " + LATER);
        done("sync");
        assertThat(forum.ask(
                        forum.legacyUrl(),
                        "SELECT subject, custom_fields FROM legacy_threads WHERE id = '" + LATER + "'"))
                .containsExactly("Renamed|{\"b\": 2.50}");
    }

    @Test
    void aRecordWhoseIdIsMadeIsFoundByItsLegacyId() {
        forum.thread("t-1", "Of another key", BOB.toString());
        try (DualWriteThreadStore store = open()) {
            TargetRecord found = store.findByLegacyId(Entity.THREADS, "t-1").orElseThrow();
            assertThat(found.get(Field.TITLE)).isEqualTo("Of another key");
            assertThat(store.find(Entity.THREADS, found.id())).isPresent();
            assertThat(store.findByLegacyId(Entity.THREADS, "t-1").orElseThrow().id())
                    .isEqualTo(found.id());
            assertThat(store.findByLegacyId(Entity.THREADS, "t-2")).isEmpty();
        }
    }

    @Test
    void whoIsReferredToByAnotherColumnThanTheKeyIsMoved() {
        mapping = "{ users: { key: number } }";
        forum = Forum.onPostgres().withLegacyTables().withTargetTables();
        forum.legacy("ALTER TABLE legacy_users ADD number int");
        done("migrate");
        forum.user("bob", "Bob").thread(LATER.toString(), "Of Bob", "bob");
        forum.legacy("UPDATE legacy_users SET number = 7");
        try (DualWriteThreadStore store = open()) {
            store.find(Entity.THREADS, LATER).orElseThrow();
        }
        assertThat(forum.ask("SELECT u.name, t.title FROM threads t JOIN users u ON u.id = t.user_id ORDER BY u.name"))
                .containsExactly("Bob|Of Bob");
        assertThat(forum.outcomes()).containsExactly("threads " + LATER + ": migrated", "users 7: migrated");
    }

    @Test
    void nothingIsMovedWhereTheJobFileForbidsItOrARunGoesOn() throws SQLException {
        try (DualWriteThreadStore store = open();
                Connection run = PostgresServer.shared().connect(forum.targetUrl());
                Statement statement = run.createStatement()) {
            statement.execute(
                    "SELECT pg_advisory_lock(hashtextextended('threads-migration:%s', 0))".formatted(forum.name()));
            assertThat(lockIsKnown()).isTrue();
            assertThat(store.find(Entity.THREADS, LATER)).isPresent();
        }
        dualWrite = "{ enabled: true, backfill-on-read: false }";
        try (DualWriteThreadStore store = open()) {
            assertThat(store.find(Entity.THREADS, LATER).orElseThrow().get(Field.TITLE))
                    .isEqualTo("Later");
        }
        dualWrite = "{ enabled: true, fallback-to-legacy: false }";
        try (DualWriteThreadStore store = open()) {
            assertThat(store.find(Entity.THREADS, LATER)).isEmpty();
        }
        assertThat(forum.ask("SELECT count(*) FROM threads")).containsExactly("1");
    }

    /** That the lock which the test takes is the one that commands take. */
    private boolean lockIsKnown() {
        return CommandRun.of("migrate", jobFile().toString()).exitCode() == 4;
    }

    @Test
    void aLegacyRowThatWouldBeRejectedIsNotFound() {
        forum.thread("00000000-0000-4000-8000-000000000103", "x".repeat(300), ADA.toString());
        try (DualWriteThreadStore store = open()) {
            assertThat(store.find(Entity.THREADS, UUID.fromString("00000000-0000-4000-8000-000000000103")))
                    .isEmpty();
        }
    }

    @Test
    void mistakesAreToldBeforeAnythingIsWritten() {
        try (DualWriteThreadStore store = open()) {
            assertThatThrownBy(() -> store.create(Entity.THREADS, Map.of(Field.TITLE, "Nobody's")))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("threads need a userId");
            assertThatThrownBy(() -> store.create(Entity.THREADS, Map.of(Field.USER_ID, "Ada")))
                    .hasMessage("userId must be a UUID, not a String");
            assertThatThrownBy(() -> store.create(Entity.USERS, Map.of(Field.TITLE, "Dr")))
                    .hasMessage("users have no field title");
            assertThatThrownBy(() -> store.create(Entity.THREADS, Map.of(Field.USER_ID, UUID.randomUUID())))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("foreign key");
        }
        assertThat(queue()).isEmpty();
        dualWrite = "{ enabled: false }";
        assertThatThrownBy(this::open).hasMessageContaining("set migration.dual-write.enabled: true");
    }
}
