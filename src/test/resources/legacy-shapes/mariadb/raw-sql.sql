-- Hand-written, as in many applications: ids that count up, snake case.
CREATE TABLE users (
    id int unsigned AUTO_INCREMENT PRIMARY KEY,
    name varchar(255) NOT NULL,
    created_at datetime NOT NULL DEFAULT current_timestamp(),
    updated_at datetime
);
CREATE TABLE threads (
    id bigint unsigned AUTO_INCREMENT PRIMARY KEY,
    title text,
    user_id int unsigned NOT NULL REFERENCES users (id),
    organization_id int,
    tenant_id varchar(50),
    metadata json,
    created_at datetime(6) NOT NULL DEFAULT current_timestamp(),
    updated_at datetime(6)
);
CREATE TABLE feedback (
    id int AUTO_INCREMENT PRIMARY KEY,
    thread_id bigint unsigned NOT NULL REFERENCES threads (id),
    user_id int unsigned NOT NULL REFERENCES users (id),
    type enum ('rating', 'comment') NOT NULL,
    value text,
    comment mediumtext,
    message_id varchar(100),
    helpful tinyint(1),
    rating tinyint unsigned,
    created_at datetime NOT NULL DEFAULT current_timestamp()
);
INSERT INTO users (id, name) VALUES (7, 'Ada');
INSERT INTO threads (id, title, user_id, organization_id, metadata, created_at) VALUES (8, 'Hello', 7, 3, '{"a": 1}', '2024-01-01 11:00:00.5');
INSERT INTO feedback (id, thread_id, user_id, type, rating, helpful) VALUES (9, 8, 7, 'rating', 5, 1);
