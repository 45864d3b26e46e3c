-- What the tool remembers. Everything lies in one schema, so that one DROP SCHEMA removes every trace.

CREATE TABLE threads_migration.migration (
    name varchar(64) PRIMARY KEY,
    preset varchar(64) NOT NULL,
    id_namespace uuid NOT NULL,
    source_identity varchar NOT NULL,
    created_at timestamp(6) with time zone NOT NULL DEFAULT CURRENT_TIMESTAMP
);

-- One row a run of a command. A run that was killed has no end.
CREATE TABLE threads_migration.audit_log (
    -- A database that is not closed before its process ends would lose those of a cache, and reports skip their numbers.
    run_id bigint GENERATED ALWAYS AS IDENTITY (NO CACHE) PRIMARY KEY,
    migration varchar(64) NOT NULL,
    command varchar(32) NOT NULL,
    os_user varchar NOT NULL,
    host varchar NOT NULL,
    version varchar NOT NULL,
    settings varchar NOT NULL,
    started_at timestamp(6) with time zone NOT NULL,
    ended_at timestamp(6) with time zone,
    status varchar(16) NOT NULL,
    exit_code integer,
    message varchar
);
CREATE INDEX audit_log_migration ON threads_migration.audit_log (migration, run_id);

-- Where did legacy row X go: one row for each that was migrated or found to be there already.
CREATE TABLE threads_migration.migration_mapping (
    migration varchar(64) NOT NULL,
    entity varchar(16) NOT NULL,
    legacy_id varchar NOT NULL,
    occurrence integer NOT NULL,
    new_id uuid NOT NULL,
    outcome varchar(9) NOT NULL,
    content_hash bigint NOT NULL,
    run_id bigint NOT NULL,
    migrated_at timestamp(6) with time zone NOT NULL,
    -- H2 looks up many values by an index only where their column leads.
    PRIMARY KEY (legacy_id, occurrence, migration, entity)
);

CREATE TABLE threads_migration.rejected_record (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    migration varchar(64) NOT NULL,
    entity varchar(16) NOT NULL,
    legacy_id varchar,
    occurrence integer NOT NULL,
    new_id uuid,
    code varchar(32) NOT NULL,
    field varchar(32),
    message varchar NOT NULL,
    record varchar NOT NULL,
    run_id bigint NOT NULL,
    rejected_at timestamp(6) with time zone NOT NULL,
    UNIQUE (legacy_id, occurrence, migration, entity)
);
CREATE INDEX rejected_record_new_id ON threads_migration.rejected_record (new_id, migration, entity);

CREATE TABLE threads_migration.entity_total (
    migration varchar(64) NOT NULL,
    entity varchar(16) NOT NULL,
    total bigint NOT NULL,
    counted_at timestamp(6) with time zone NOT NULL,
    PRIMARY KEY (migration, entity)
);

-- The key ranges that are worked through side by side, of the 'legacy' table or of the 'ledger'; frozen, since a restart must
-- find the same ones.
CREATE TABLE threads_migration.key_range (
    migration varchar(64) NOT NULL,
    divided varchar(16) NOT NULL,
    entity varchar(16) NOT NULL,
    ordinal integer NOT NULL,
    after_key varchar,
    up_to_key varchar,
    PRIMARY KEY (migration, divided, entity, ordinal)
);

CREATE TABLE threads_migration.validation_result (
    migration varchar(64) NOT NULL,
    run_id bigint NOT NULL,
    entity varchar(16) NOT NULL,
    part varchar(100) NOT NULL,
    seen bigint NOT NULL,
    unsettled bigint NOT NULL,
    compared bigint NOT NULL,
    missing bigint NOT NULL,
    different bigint NOT NULL,
    unexpected bigint NOT NULL DEFAULT 0,
    PRIMARY KEY (migration, run_id, entity, part)
);

CREATE TABLE threads_migration.validation_issue (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    migration varchar(64) NOT NULL,
    run_id bigint NOT NULL,
    entity varchar(16) NOT NULL,
    legacy_id varchar,
    kind varchar(16) NOT NULL,
    field varchar(64),
    legacy_value varchar,
    expected varchar,
    found varchar
);
CREATE INDEX validation_issue_run ON threads_migration.validation_issue (migration, run_id);

-- How many records have a field that the way back would make something else of.
CREATE TABLE threads_migration.validation_lost (
    migration varchar(64) NOT NULL,
    run_id bigint NOT NULL,
    entity varchar(16) NOT NULL,
    part varchar(100) NOT NULL,
    field varchar(64) NOT NULL,
    records bigint NOT NULL,
    PRIMARY KEY (migration, run_id, entity, part, field)
);

CREATE TABLE threads_migration.validation_query (
    migration varchar(64) NOT NULL,
    run_id bigint NOT NULL,
    name varchar(64) NOT NULL,
    p50_ms double precision NOT NULL,
    p95_ms double precision NOT NULL,
    result_rows bigint NOT NULL,
    plan varchar NOT NULL,
    missing_index varchar,
    PRIMARY KEY (migration, run_id, name)
);

-- What a rollback has to do beside removing: the rows whose legacy side must change, and those that stay.
CREATE TABLE threads_migration.rollback_item (
    migration varchar(64) NOT NULL,
    rollback_id bigint NOT NULL,
    entity varchar(16) NOT NULL,
    legacy_id varchar NOT NULL,
    occurrence integer NOT NULL,
    new_id uuid NOT NULL,
    action varchar(16) NOT NULL,
    target_hash bigint NOT NULL,
    detail varchar,
    done boolean NOT NULL,
    PRIMARY KEY (legacy_id, occurrence, migration, rollback_id, entity)
);

-- Indexes and foreign keys that are off while their tables are filled.
CREATE TABLE threads_migration.deferred_definition (
    migration varchar(64) NOT NULL,
    kind varchar(16) NOT NULL,
    table_schema varchar,
    table_name varchar NOT NULL,
    name varchar NOT NULL,
    definition varchar NOT NULL,
    deferred_at timestamp(6) with time zone NOT NULL,
    PRIMARY KEY (migration, kind, table_name, name)
);

-- total = migrated + duplicate + rejected + remaining. Legacy was counted when the run began: rows that came since and have
-- their outcome count, too.
CREATE VIEW threads_migration.migration_progress AS
SELECT counted.migration, counted.entity,
       GREATEST(counted.total, counted.migrated + counted.duplicate + counted.rejected) AS total,
       counted.migrated, counted.duplicate, counted.rejected,
       GREATEST(counted.total - counted.migrated - counted.duplicate - counted.rejected, 0) AS remaining
FROM (
    SELECT t.migration, t.entity, t.total, COALESCE(m.migrated, 0) AS migrated,
           COALESCE(m.duplicate, 0) AS duplicate, COALESCE(r.rejected, 0) AS rejected
    FROM threads_migration.entity_total t
    LEFT JOIN (
        SELECT migration, entity, count(*) FILTER (WHERE outcome = 'migrated') AS migrated,
               count(*) FILTER (WHERE outcome = 'duplicate') AS duplicate
        FROM threads_migration.migration_mapping GROUP BY migration, entity
    ) m ON m.migration = t.migration AND m.entity = t.entity
    LEFT JOIN (
        SELECT migration, entity, count(*) AS rejected
        FROM threads_migration.rejected_record GROUP BY migration, entity
    ) r ON r.migration = t.migration AND r.entity = t.entity
) counted;
