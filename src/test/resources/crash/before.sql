-- What the target holds before the migration: somebody else's rows, rows that say the same as a legacy one, rows that an
-- earlier attempt marked, and rows that have taken a legacy record's id.
INSERT INTO users VALUES ('00000000-0000-4000-8000-000000000001', 'made by the app', '2026-01-01', '2026-01-02');
INSERT INTO users
SELECT new_id('users', id), full_name, utc(created_date), utc(coalesce(modified_date, created_date))
FROM public.legacy_users WHERE id IN (SELECT user_key(n) FROM generate_series(3, 200, 20) n);
INSERT INTO users
SELECT new_id('users', id), 'another person', '2026-01-01', '2026-01-02'
FROM public.legacy_users WHERE id IN (user_key(60), user_key(61));

INSERT INTO threads
SELECT new_id('threads', id), CASE WHEN btrim(subject) <> '' THEN subject ELSE 'Untitled' END, owner_id::uuid,
       new_id('organizations', company_id), division_code,
       metadata_of(to_jsonb(legacy_id), coalesce(custom_fields, '{}')::jsonb) || '{"migratedAt": "2026-01-01T00:00:00Z"}',
       utc(created_date), utc(coalesce(modified_date, created_date))
FROM public.legacy_threads WHERE id IN (SELECT thread_key(n) FROM generate_series(6, 6000, 300) n);
INSERT INTO threads
SELECT new_id('threads', id), 'taken', '00000000-0000-4000-8000-000000000001', NULL, NULL, NULL, '2026-01-01', '2026-01-02'
FROM public.legacy_threads WHERE id IN (SELECT thread_key(n) FROM generate_series(11, 6000, 1000) n);
INSERT INTO threads VALUES ('00000000-0000-4000-8000-000000000002', NULL, '00000000-0000-4000-8000-000000000001');

INSERT INTO feedback
SELECT new_id('feedback', id), new_id('threads', thread_id), '00000000-0000-4000-8000-000000000001', 'other',
       NULL, NULL, NULL, NULL, NULL, '2026-01-01', '2026-01-02'
FROM public.legacy_feedback WHERE thread_id = thread_key(306) OR thread_id = thread_key(606);
