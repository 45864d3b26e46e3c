-- Records whose legacy row changed after they were moved: those that got the change, and why others did not.
CREATE TABLE threads_migration.followed_change (
    migration varchar(64) NOT NULL,
    entity varchar(16) NOT NULL,
    legacy_id text COLLATE "C" NOT NULL,
    occurrence integer NOT NULL,
    new_id uuid NOT NULL,
    -- Null: the target has the change.
    kept_because varchar(100),
    detail text,
    run_id bigint NOT NULL,
    followed_at timestamptz NOT NULL,
    PRIMARY KEY (legacy_id, occurrence, migration, entity)
);
