-- What comes into legacy after the migration: between the old keys and after them, good and bad.
INSERT INTO legacy_users
SELECT user_key(n), 'Late ' || n, timestamptz '2026-02-02 UTC', NULL FROM generate_series(1001, 1010) n;
INSERT INTO legacy_threads
SELECT thread_key(n), NULL, CASE WHEN n % 100 = 50 THEN repeat('y', 300) ELSE 'Late ' || n END, user_key(1001 + n % 12),
       NULL, NULL, '{}', timestamptz '2026-02-03 UTC', NULL
FROM generate_series(10001, 10300) n;
INSERT INTO legacy_feedback
SELECT 'late-' || n, thread_key(n), user_key(1001), 'late', NULL, NULL, NULL, NULL, NULL, timestamptz '2026-02-04 UTC', NULL
FROM generate_series(10001, 10100) n;
