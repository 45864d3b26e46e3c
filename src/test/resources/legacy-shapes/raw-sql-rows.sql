INSERT INTO users (id, name) VALUES (7, 'Ada');
INSERT INTO threads (id, title, user_id, organization_id, metadata) VALUES (8, 'Hello', 7, 3, '{"a": 1}');
INSERT INTO feedback (id, thread_id, user_id, type, rating) VALUES (9, 8, 7, 'rating', 5);
