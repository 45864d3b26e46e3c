-- Legacy rows that were made for records of the application under keys that legacy counted: their new ids are those of the
-- records, and are not made of the keys. A rollback leaves both in place, and this too.
CREATE TABLE threads_migration.adopted_id (
    migration varchar(64) NOT NULL,
    entity varchar(16) NOT NULL,
    legacy_id varchar NOT NULL,
    occurrence integer NOT NULL,
    new_id uuid NOT NULL,
    run_id bigint NOT NULL,
    adopted_at timestamp(6) with time zone NOT NULL,
    PRIMARY KEY (legacy_id, occurrence, migration, entity)
);
