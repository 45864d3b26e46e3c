-- What must come of every legacy record, computed from the rules of the transform by SQL alone. The schema `before` holds
-- what was in the target before. Computed once, since it is asked many times: to be run again when legacy has changed.
DROP MATERIALIZED VIEW IF EXISTS expected_user CASCADE;

CREATE MATERIALIZED VIEW expected_user AS
SELECT u.id AS legacy_id, new_id('users', u.id) AS new_id,
       CASE WHEN full_name IS NULL OR u.created_date IS NULL THEN 'required_missing'
            WHEN char_length(full_name) > 255 THEN 'too_long'
            WHEN NOT isfinite(u.created_date) THEN 'date_infinite'
            WHEN there.id IS NULL THEN 'migrated'
            WHEN (there.name, there.created_at, there.updated_at)
                 = (full_name, utc(created_date), utc(coalesce(modified_date, created_date))) THEN 'duplicate'
            ELSE 'id_taken' END AS outcome
FROM legacy_users u LEFT JOIN before.users there ON there.id = new_id('users', u.id);

CREATE MATERIALIZED VIEW users_after AS
SELECT new_id AS id, full_name AS name, utc(created_date) AS created_at,
       utc(coalesce(modified_date, created_date)) AS updated_at
FROM expected_user JOIN legacy_users ON id = legacy_id WHERE outcome = 'migrated'
UNION ALL SELECT * FROM before.users;

CREATE MATERIALIZED VIEW judged_user AS
SELECT id, NULL AS problem FROM users_after WHERE id NOT IN (SELECT new_id FROM expected_user WHERE outcome = 'id_taken')
UNION ALL
SELECT new_id, 'user_rejected' FROM expected_user WHERE outcome NOT IN ('migrated', 'duplicate');

CREATE MATERIALIZED VIEW expected_thread AS
SELECT t.*, new_id('threads', t.id) AS new_id, coalesce(legacy_id::text, t.id) AS old_id,
       CASE WHEN t.id IS NULL THEN 'id_missing'
            WHEN char_length(subject) > 255 THEN 'too_long'
            WHEN owner_id IS NULL OR created_date IS NULL THEN 'required_missing'
            WHEN custom_fields IS NOT JSON THEN 'metadata_invalid'
            WHEN custom_fields IS NOT JSON OBJECT THEN 'metadata_not_object'
            WHEN custom_fields IS NOT JSON OBJECT WITH UNIQUE KEYS THEN 'metadata_repeated_key'
            WHEN EXISTS (SELECT 1 FROM legacy_threads other WHERE other.id = t.id AND other.subject <> t.subject)
                THEN 'id_repeated'
            WHEN owner.id IS NULL THEN 'user_not_found'
            WHEN owner.problem IS NOT NULL THEN owner.problem
            WHEN there.id IS NULL
                THEN CASE WHEN row_number() OVER (PARTITION BY t.id) = 1 THEN 'migrated' ELSE 'duplicate' END
            WHEN there.metadata @> jsonb_build_object('migrated', true, 'oldSystem', 'legacy-v1')
                 AND there.metadata ->> 'oldId' = coalesce(legacy_id::text, t.id) THEN 'duplicate'
            ELSE 'id_taken' END AS outcome
FROM legacy_threads t
LEFT JOIN judged_user owner ON owner.id = new_id('users', owner_id)
LEFT JOIN before.threads there ON there.id = new_id('threads', t.id);

CREATE MATERIALIZED VIEW threads_after AS
SELECT new_id AS id, CASE WHEN btrim(subject) <> '' THEN subject ELSE 'Untitled' END AS title,
       new_id('users', owner_id) AS user_id, new_id('organizations', company_id) AS organization_id,
       division_code AS tenant_id,
       metadata_of(coalesce(to_jsonb(legacy_id), to_jsonb(old_id)), coalesce(custom_fields, '{}')::jsonb) AS metadata,
       utc(created_date) AS created_at, utc(coalesce(modified_date, created_date)) AS updated_at
FROM expected_thread WHERE outcome = 'migrated'
UNION ALL
SELECT id, title, user_id, organization_id, tenant_id, metadata - 'migratedAt', created_at, updated_at FROM before.threads;

CREATE MATERIALIZED VIEW judged_thread AS
SELECT id, NULL AS problem FROM threads_after
WHERE id NOT IN (SELECT new_id FROM expected_thread WHERE outcome = 'id_taken')
UNION ALL
SELECT DISTINCT new_id, 'thread_rejected' FROM expected_thread
WHERE outcome NOT IN ('migrated', 'duplicate') AND new_id IS NOT NULL;

CREATE MATERIALIZED VIEW expected_feedback AS
SELECT f.*, new_id('feedback', f.id) AS new_id,
       CASE WHEN f.type IS NULL THEN 'required_missing'
            WHEN f.rating NOT BETWEEN 1 AND 5 THEN 'value_not_allowed'
            WHEN thread.id IS NULL THEN 'thread_not_found'
            WHEN thread.problem IS NOT NULL THEN thread.problem
            WHEN author.id IS NULL THEN 'user_not_found'
            WHEN author.problem IS NOT NULL THEN author.problem
            WHEN there.id IS NULL THEN 'migrated'
            ELSE 'id_taken' END AS outcome
FROM legacy_feedback f
LEFT JOIN judged_thread thread ON thread.id = new_id('threads', f.thread_id)
LEFT JOIN judged_user author ON author.id = new_id('users', f.user_id)
LEFT JOIN before.feedback there ON there.id = new_id('feedback', f.id);

CREATE MATERIALIZED VIEW feedback_after AS
SELECT new_id AS id, new_id('threads', thread_id) AS thread_id, new_id('users', user_id) AS user_id, type, value, comment,
       message_id, helpful, rating, utc(created_date) AS created_at,
       utc(coalesce(modified_date, created_date)) AS updated_at
FROM expected_feedback WHERE outcome = 'migrated'
UNION ALL SELECT * FROM before.feedback;

CREATE MATERIALIZED VIEW expected_outcome AS
SELECT 'users' AS entity, legacy_id, new_id, outcome FROM expected_user
UNION ALL SELECT 'threads', id, new_id, outcome FROM expected_thread
UNION ALL SELECT 'feedback', id, new_id, outcome FROM expected_feedback;
