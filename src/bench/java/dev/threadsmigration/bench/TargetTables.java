package dev.threadsmigration.bench;

import java.util.stream.Stream;

/** The tables of the new system, brought back to the same state before every run. */
final class TargetTables {

    private static final String USER_TABLE = """
            CREATE TABLE users (
                id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
                name varchar(255) NOT NULL,
                created_at timestamp NOT NULL DEFAULT now(),
                updated_at timestamp NOT NULL DEFAULT now())""";

    private static final String THREAD_TABLE = """
            CREATE TABLE threads (
                id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
                title varchar(255),
                user_id uuid NOT NULL,
                organization_id uuid,
                tenant_id varchar(255),
                metadata jsonb,
                created_at timestamp NOT NULL DEFAULT now(),
                updated_at timestamp NOT NULL DEFAULT now())""";

    private static final String[] INDEXES = {
        "CREATE INDEX threads_user_id_idx ON threads (user_id)",
        "CREATE INDEX threads_organization_id_idx ON threads (organization_id)",
        "CREATE INDEX threads_tenant_id_idx ON threads (tenant_id)",
        "CREATE INDEX threads_created_at_idx ON threads (created_at DESC)",
        "ALTER TABLE threads ADD CONSTRAINT threads_user_id_fk FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE"
    };

    private static final String[] NO_INDEXES = {
        "DROP INDEX IF EXISTS threads_user_id_idx, threads_organization_id_idx, threads_tenant_id_idx, threads_created_at_idx",
        "ALTER TABLE threads DROP CONSTRAINT IF EXISTS threads_user_id_fk"
    };

    private static final String OLD_ID_INDEX = "threads_old_id_idx";

    private final Database database;

    private TargetTables(Database database) {
        this.database = database;
    }

    static TargetTables create(Database database, long users) {
        database.execute(
                USER_TABLE,
                "INSERT INTO users SELECT id, name, created AT TIME ZONE 'UTC', created AT TIME ZONE 'UTC' FROM ("
                        + LegacyForum.USERS.formatted(users) + ") AS made",
                THREAD_TABLE,
                "VACUUM (FREEZE, ANALYZE) users");
        return new TargetTables(database);
    }

    Database database() {
        return database;
    }

    /** No threads, all users, all indexes, and nothing that an earlier run remembers. */
    void reset() {
        database.execute(
                "DROP SCHEMA IF EXISTS " + TutorialJob.SCHEMA + " CASCADE",
                "DROP INDEX IF EXISTS " + OLD_ID_INDEX,
                "TRUNCATE threads");
        forgetMigrations();
        dropIndexes();
        buildIndexes();
        settle();
    }

    void forgetMigrations() {
        database.execute("DROP SCHEMA IF EXISTS threads_migration CASCADE");
    }

    /** Makes the latest legacy row one that came after the migration. */
    void forgetOne() {
        database.execute("""
                WITH one AS (
                    DELETE FROM threads_migration.migration_mapping
                    WHERE legacy_id = (SELECT max(legacy_id) FROM threads_migration.migration_mapping)
                    RETURNING new_id)
                DELETE FROM threads WHERE id = (SELECT new_id FROM one)""", "VACUUM (ANALYZE) threads_migration.migration_mapping");
    }

    /** So that no run pays for what the one before has left to be written. */
    void settle() {
        database.execute("VACUUM (ANALYZE) users", "VACUUM (ANALYZE) threads", "CHECKPOINT");
    }

    void dropIndexes() {
        database.execute(NO_INDEXES);
    }

    void buildIndexes() {
        database.execute(INDEXES);
    }

    /** Without it a script that looks each row up would read the whole table for each. */
    void indexOldIds() {
        database.execute("CREATE INDEX " + OLD_ID_INDEX + " ON threads ((metadata ->> 'oldId'))");
    }

    Fingerprint fingerprint() {
        return Fingerprint.of(database, "SELECT * FROM threads");
    }

    /** Whether all indexes and the foreign key are there. */
    boolean isWhole() {
        return Stream.of(
                        "SELECT count(*) = 5 FROM pg_indexes WHERE tablename = 'threads' AND indexname <> '"
                                + OLD_ID_INDEX + "'",
                        "SELECT count(*) = 1 FROM pg_constraint WHERE conrelid = 'threads'::regclass AND contype = 'f' AND convalidated")
                .allMatch(question -> database.ask(question).equals("t"));
    }
}
