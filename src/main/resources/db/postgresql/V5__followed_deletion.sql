-- Null: legacy changed the row. Else it was deleted there, and this is how far its record is: found, going, removed, forgotten
-- (only its ledger entry) or kept.
ALTER TABLE threads_migration.followed_change ADD COLUMN deletion varchar(16);
-- It may name a table.
ALTER TABLE threads_migration.followed_change ALTER COLUMN kept_because TYPE varchar(400);

-- Records that were taken out of the target since their legacy rows were deleted, each with all columns, as JSON.
CREATE TABLE threads_migration.removed_record (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    migration varchar(64) NOT NULL,
    entity varchar(16) NOT NULL,
    legacy_id text COLLATE "C" NOT NULL,
    occurrence integer NOT NULL,
    new_id uuid NOT NULL,
    record text NOT NULL,
    run_id bigint NOT NULL,
    removed_at timestamptz NOT NULL
);
CREATE INDEX removed_record_legacy_id ON threads_migration.removed_record (legacy_id, migration, entity);
