-- What the application wrote into the target and legacy has not got yet: a row a write. What is carried is the record as it is
-- then, so their order does not matter.
CREATE TABLE threads_migration.queued_write (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    migration varchar(64) NOT NULL,
    entity varchar(16) NOT NULL,
    record_id varchar NOT NULL,
    written_at timestamp(6) with time zone NOT NULL DEFAULT CURRENT_TIMESTAMP,
    -- Why the last sync left it here. Null: none has seen it.
    held_because varchar(100),
    detail varchar
);
CREATE INDEX queued_write_entity ON threads_migration.queued_write (migration, entity, id);

-- The last that became of each record whose writes were taken off the queue; 'writing': legacy was about to commit, and whether
-- it did is to be looked up by the next run.
CREATE TABLE threads_migration.carried_write (
    migration varchar(64) NOT NULL,
    entity varchar(16) NOT NULL,
    legacy_id varchar NOT NULL,
    occurrence integer NOT NULL,
    new_id uuid NOT NULL,
    action varchar(16) NOT NULL,
    kept_because varchar(100),
    -- The legacy row that is gone, so that nothing is lost.
    deleted_row varchar,
    -- Of the record that was carried, and of what its legacy row gave then, which may say it less exactly.
    target_hash bigint,
    legacy_hash bigint,
    run_id bigint NOT NULL,
    carried_at timestamp(6) with time zone NOT NULL,
    PRIMARY KEY (legacy_id, occurrence, migration, entity)
);
