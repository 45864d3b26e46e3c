CREATE TABLE legacy_users (
    id varchar(64) PRIMARY KEY,
    full_name text NOT NULL,
    created_date timestamp NOT NULL,
    modified_date timestamp
);
CREATE TABLE legacy_threads (
    id varchar(64) PRIMARY KEY,
    legacy_id text,
    subject text,
    owner_id varchar(64) NOT NULL REFERENCES legacy_users (id),
    company_id text,
    division_code text,
    custom_fields json,
    created_date timestamp NOT NULL,
    modified_date timestamp
);
CREATE TABLE legacy_feedback (
    id varchar(64) PRIMARY KEY,
    thread_id varchar(64) NOT NULL REFERENCES legacy_threads (id),
    user_id varchar(64) NOT NULL REFERENCES legacy_users (id),
    type text NOT NULL,
    value text,
    comment text,
    message_id text,
    helpful boolean,
    rating integer,
    created_date timestamp NOT NULL,
    modified_date timestamp
);
INSERT INTO legacy_users VALUES ('u7', 'Ada', '2024-01-01T10:00:00Z', NULL);
INSERT INTO legacy_threads VALUES ('t8', '8', 'Hello', 'u7', 'c1', 'd1', '{"a": 1}', '2024-01-01T11:00:00.5Z', NULL);
INSERT INTO legacy_feedback VALUES ('f9', 't8', 'u7', 'rating', NULL, NULL, NULL, TRUE, 5, '2024-01-01 10:00:00', NULL);
