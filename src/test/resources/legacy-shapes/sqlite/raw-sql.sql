-- Hand-written: dates of one table are seconds, those of another milliseconds, all in integers.
CREATE TABLE users (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER
);
CREATE TABLE threads (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    title TEXT,
    user_id INTEGER NOT NULL REFERENCES users (id),
    organization_id INTEGER,
    tenant_id TEXT,
    metadata TEXT,
    created_at INTEGER NOT NULL,
    updated_at INTEGER
);
CREATE TABLE feedback (
    id INTEGER PRIMARY KEY,
    thread_id INTEGER NOT NULL REFERENCES threads (id),
    user_id INTEGER NOT NULL REFERENCES users (id),
    type TEXT NOT NULL,
    value TEXT,
    comment TEXT,
    message_id TEXT,
    helpful INTEGER,
    rating INTEGER,
    created_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP
);
INSERT INTO users VALUES (7, 'Ada', 1704103200, NULL);
INSERT INTO threads VALUES (8, 'Hello', 7, 3, NULL, '{"a": 1}', 1704106800500, NULL);
INSERT INTO feedback (id, thread_id, user_id, type, rating, helpful) VALUES (9, 8, 7, 'rating', 5, 1);
