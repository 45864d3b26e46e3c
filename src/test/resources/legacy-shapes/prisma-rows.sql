INSERT INTO "User" VALUES ('ckv1user0000', 'Ada', '2024-01-01 10:00:00.123', '2024-01-02 10:00:00');
INSERT INTO "Thread" VALUES ('ckv1thread00', 'Hello', 'ckv1user0000', 'org1', 't1', '{"a": 1}', '2024-01-01 11:00:00.5', '2024-01-02 10:00:00');
INSERT INTO "Feedback" VALUES ('ckv1feedbk00', 'ckv1thread00', 'ckv1user0000', 'rating', null, 'good', null, true, 5, '2024-01-03 10:00:00');
