package dev.threadsmigration.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadsmigration.crash.Database.Session;
import java.util.List;
import java.util.function.Consumer;

/** What became of the legacy records, against what SQL says must become of them. */
record Outcomes(Database legacy, Database target) {

    private static final List<String> ENTITIES = List.of("users", "threads", "feedback");
    private static final String RECORDED = """
            SELECT entity, legacy_id, outcome FROM threads_migration.migration_mapping WHERE migration = 'forum'
            UNION ALL
            SELECT entity, legacy_id, code FROM threads_migration.rejected_record WHERE migration = 'forum'
            """;

    /** Every record has its one outcome, and the target holds exactly the rows that it must. */
    void assertComplete() {
        ask(Asked::assertComplete);
    }

    /** The promise's equation, wherever the run stands, with each figure counted on another way than the ledger's. */
    void assertEquation() {
        ask(Asked::assertEquation);
    }

    private void ask(Consumer<Asked> assertion) {
        try (Session inLegacy = legacy.session();
                Session inTarget = target.session()) {
            assertion.accept(new Asked(inLegacy, inTarget));
        }
    }

    private record Asked(Session legacy, Session target) {

        void assertComplete() {
            for (String entity : ENTITIES) {
                assertThat(rowsInTarget(entity)).as(entity).isEqualTo(rowsExpected(entity));
                assertThat(target.value(progress("remaining", entity)))
                        .as(entity)
                        .isEqualTo("0");
            }
            assertThat(target.list(lines("SELECT * FROM (" + RECORDED + ") r")))
                    .isEqualTo(legacy.list(lines("SELECT entity, legacy_id, outcome FROM expected_outcome")));
            assertThat(target.list(lines("SELECT entity, legacy_id, new_id FROM threads_migration.migration_mapping")))
                    .isEqualTo(legacy.list(lines("SELECT entity, legacy_id, new_id FROM expected_outcome"
                            + " WHERE outcome IN ('migrated', 'duplicate')")));
            assertEquation();
        }

        void assertEquation() {
            if (target.value("SELECT to_regclass('threads_migration.migration_progress')") == null) {
                return;
            }
            for (String entity : target.list("SELECT entity FROM threads_migration.migration_progress")) {
                assertRemaining(entity);
                assertRowsAndLedgerAgree(entity);
            }
        }

        private void assertRemaining(String entity) {
            String perKey = "SELECT legacy_id, count(*) FROM (%s) r WHERE entity = '%s' GROUP BY legacy_id";
            String recorded = String.join(
                    ",",
                    target.list("SELECT format('(%L::text, %s)', legacy_id, count) FROM ("
                            + perKey.formatted(RECORDED, entity) + ") k"));
            String outcomes = recorded.isEmpty() ? "SELECT NULL::text, 0 WHERE false" : "VALUES " + recorded;
            String counts = legacy.value("""
                    SELECT count(*) FILTER (WHERE coalesce(o.n, 0) > coalesce(l.n, 0)) || ' surplus, '
                           || coalesce(sum(l.n - coalesce(o.n, 0)), 0) || ' of ' || coalesce(sum(l.n), 0) || ' remain'
                    FROM (SELECT coalesce('=' || id, 'NULL') AS id, count(*) AS n FROM legacy_%s GROUP BY id) l
                    FULL JOIN (SELECT coalesce('=' || id, 'NULL') AS id, n FROM (%s) r (id, n)) o ON o.id = l.id
                    """.formatted(entity, outcomes));
            assertThat(target.value(progress("'0 surplus, ' || remaining || ' of ' || total || ' remain'", entity)))
                    .as(entity)
                    .isEqualTo(counts);
        }

        /** A row and its ledger entry come in one transaction, so that neither is ever there alone. */
        private void assertRowsAndLedgerAgree(String entity) {
            String migrated = "SELECT new_id FROM threads_migration.migration_mapping WHERE entity = '" + entity
                    + "' AND outcome = 'migrated'";
            long before = Long.parseLong(legacy.value("SELECT count(*) FROM before." + entity));
            assertThat(target.value("SELECT count(*) FROM " + entity + " WHERE id NOT IN (" + migrated + ")"))
                    .as("rows that are not ours")
                    .isEqualTo(String.valueOf(before));
            assertThat(target.list(migrated + " EXCEPT SELECT id FROM " + entity))
                    .as("in the ledger, not in the target")
                    .isEmpty();
        }

        private List<String> rowsExpected(String entity) {
            return legacy.list("SELECT r::text FROM " + entity + "_after r ORDER BY id");
        }

        private List<String> rowsInTarget(String entity) {
            String metadata = entity.equals("threads")
                    ? "title, user_id, organization_id, tenant_id, metadata - 'migratedAt', created_at, updated_at"
                    : "";
            return target.list("SELECT r::text FROM (SELECT " + (metadata.isEmpty() ? "*" : "id, " + metadata)
                    + " FROM " + entity + ") r ORDER BY id");
        }

        private static String progress(String column, String entity) {
            return "SELECT " + column
                    + " FROM threads_migration.migration_progress WHERE migration = 'forum' AND entity = '" + entity
                    + "'";
        }

        private static String lines(String query) {
            return "SELECT q::text FROM (" + query + ") q ORDER BY 1";
        }
    }
}
