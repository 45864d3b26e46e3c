-- Records whose legacy row changed after they were moved: those that got the change, and why others did not.
CREATE TABLE threads_migration.followed_change (
    migration varchar(64) NOT NULL,
    entity varchar(16) NOT NULL,
    legacy_id varchar NOT NULL,
    occurrence integer NOT NULL,
    new_id uuid NOT NULL,
    -- Null: the target has the change.
    kept_because varchar(100),
    detail varchar,
    run_id bigint NOT NULL,
    followed_at timestamp(6) with time zone NOT NULL,
    PRIMARY KEY (legacy_id, occurrence, migration, entity)
);
