-- What a record's legacy row gave when a rollback looked at it: it must still be so when the row is written.
ALTER TABLE threads_migration.rollback_item ADD COLUMN legacy_hash bigint;
