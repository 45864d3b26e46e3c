-- 200 users, 6,000 threads and 1,500 feedback records; three in four have a UUID as their id, the others a text. Some of
-- nearly every kind are bad, and the threads' key is neither unique nor free of NULLs.
CREATE FUNCTION user_key(n integer) RETURNS text LANGUAGE sql IMMUTABLE
RETURN CASE WHEN n % 4 = 0 THEN 'user-' || n ELSE md5('user' || n)::uuid::text END;

CREATE FUNCTION thread_key(n integer) RETURNS text LANGUAGE sql IMMUTABLE
RETURN CASE WHEN n % 4 = 0 THEN 'thread-' || n ELSE md5('thread' || n)::uuid::text END;

CREATE TABLE legacy_users (
    id text PRIMARY KEY,
    full_name text,
    created_date timestamptz,
    modified_date timestamptz
);
CREATE TABLE legacy_threads (
    id text,
    legacy_id integer,
    subject text,
    owner_id text,
    company_id text,
    division_code text,
    custom_fields text,
    created_date timestamptz,
    modified_date timestamptz
);
CREATE INDEX ON legacy_threads (id);
CREATE TABLE legacy_feedback (
    id text PRIMARY KEY,
    thread_id text,
    user_id text,
    type text,
    value text,
    comment text,
    message_id text,
    helpful boolean,
    rating integer,
    created_date timestamptz,
    modified_date timestamptz
);

INSERT INTO legacy_users
SELECT user_key(n),
       CASE WHEN n % 50 = 7 THEN NULL WHEN n = 33 THEN repeat('x', 256) ELSE 'Name ' || n || ' Åsa 🙂' END,
       CASE WHEN n = 44 THEN 'infinity' ELSE timestamptz '2019-03-31 00:30:00.123456 Europe/Berlin' + n * interval '7 hours' END,
       CASE WHEN n % 3 = 0 THEN timestamptz '2024-01-01 12:00 UTC' + n * interval '1 minute' END
FROM generate_series(1, 200) n;

INSERT INTO legacy_threads
SELECT thread_key(n),
       CASE WHEN n % 3 = 0 THEN n END,
       CASE WHEN n % 10 = 1 THEN NULL WHEN n % 97 = 0 THEN '   ' WHEN n = 1002 THEN repeat('🙂', 256)
            WHEN n = 1003 THEN repeat('🙂', 255) ELSE 'Subject ' || n || ' "quoted" \ ñ' END,
       CASE WHEN n % 500 = 12 THEN 'nobody-' || n WHEN n = 2222 THEN NULL
            WHEN n % 700 = 5 OR n % 300 = 6 THEN '00000000-0000-4000-8000-000000000001' ELSE user_key(1 + n * 7 % 200) END,
       CASE n % 3 WHEN 0 THEN md5('company' || n % 9)::uuid::text WHEN 1 THEN 'acme-' || n % 7 END,
       CASE WHEN n % 2 = 0 THEN 'division ' || n % 5 END,
       CASE WHEN n % 800 = 13 THEN '["an", "array"]' WHEN n = 3002 THEN '{"no": json' WHEN n = 3003 THEN '{"a": 1, "a": 2}'
            WHEN n % 11 = 0 THEN NULL WHEN n % 13 = 0 THEN '{"migrated": "custom", "oldId": [1, 2], "kept": ' || n || '}'
            ELSE '{"n": ' || n || ', "exact": 123456789012345678901234567890.10, "deep": {"list": [1, {"ü": null}]}}' END,
       CASE WHEN n % 900 = 17 THEN NULL ELSE timestamptz '2021-10-30 20:00 UTC' + n * interval '97 seconds' END,
       CASE WHEN n % 6 <> 0 THEN timestamptz '2025-05-05 05:05:05.5 UTC' + n * interval '1 second' END
FROM generate_series(1, 6000) n;

-- Without a key; twice the same; one id, two contents.
INSERT INTO legacy_threads
SELECT NULL, NULL, 'keyless ' || n, user_key(1), NULL, NULL, NULL, '2020-01-01 UTC', NULL FROM generate_series(1, 3) n;
INSERT INTO legacy_threads SELECT * FROM legacy_threads WHERE id IN (thread_key(103), thread_key(4004));
INSERT INTO legacy_threads
SELECT id, legacy_id, subject || ' differs', owner_id, company_id, division_code, custom_fields, created_date, modified_date
FROM legacy_threads WHERE id IN (thread_key(105), thread_key(4008));

INSERT INTO legacy_feedback
SELECT CASE WHEN n % 5 = 0 THEN 'feedback-' || n ELSE md5('feedback' || n)::uuid::text END,
       CASE WHEN n % 350 = 8 THEN 'gone-' || n ELSE thread_key(n * 4 - n % 3) END,
       CASE WHEN n % 450 = 9 THEN 'nobody-' || n ELSE user_key(1 + n * 11 % 200) END,
       CASE WHEN n = 700 THEN NULL ELSE 'thumbs' END,
       'value ' || n,
       CASE WHEN n % 4 = 0 THEN 'comment ' || n || E'\n\ttwo lines' END,
       CASE WHEN n % 7 = 0 THEN 'message-' || n END,
       CASE n % 3 WHEN 0 THEN true WHEN 1 THEN false END,
       CASE WHEN n % 400 = 3 THEN 9 WHEN n % 2 = 0 THEN 1 + n % 5 END,
       timestamptz '2023-03-12 01:59 America/New_York' + n * interval '1 minute',
       NULL
FROM generate_series(1, 1500) n;

ANALYZE;
