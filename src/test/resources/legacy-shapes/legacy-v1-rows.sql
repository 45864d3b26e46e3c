INSERT INTO legacy_users VALUES ('u7', 'Ada', now(), null);
INSERT INTO legacy_threads VALUES ('t8', '8', 'Hello', 'u7', 'c1', 'd1', '{"a": 1}', now(), null);
INSERT INTO legacy_feedback VALUES ('f9', 't8', 'u7', 'rating', null, null, null, true, 5, now(), null);
