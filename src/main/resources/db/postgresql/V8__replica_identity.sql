-- Where all tables are published, a row may be deleted only if it can be told from others; this table has no key.
ALTER TABLE threads_migration.batch_job_execution_params REPLICA IDENTITY FULL;
