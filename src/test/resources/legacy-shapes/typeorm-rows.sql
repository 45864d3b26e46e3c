INSERT INTO "user" (id, name) VALUES ('0b6f1f3e-3f0a-4b57-9d49-0f5f2c9a0001', 'Ada');
INSERT INTO "thread" (id, title, "userId") VALUES ('0b6f1f3e-3f0a-4b57-9d49-0f5f2c9a0002', 'Hello', '0b6f1f3e-3f0a-4b57-9d49-0f5f2c9a0001');
INSERT INTO "feedback" (id, type, rating, "threadId", "userId") VALUES ('0b6f1f3e-3f0a-4b57-9d49-0f5f2c9a0003', 'rating', 5, '0b6f1f3e-3f0a-4b57-9d49-0f5f2c9a0002', '0b6f1f3e-3f0a-4b57-9d49-0f5f2c9a0001');
