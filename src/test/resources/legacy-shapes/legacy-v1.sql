-- The first conversation system's tables.
CREATE TABLE legacy_users (
    id varchar(64) PRIMARY KEY,
    full_name text NOT NULL,
    created_date timestamptz NOT NULL,
    modified_date timestamptz
);
CREATE TABLE legacy_threads (
    id varchar(64) PRIMARY KEY,
    legacy_id text,
    subject text,
    owner_id varchar(64) NOT NULL REFERENCES legacy_users (id),
    company_id text,
    division_code text,
    custom_fields jsonb,
    created_date timestamptz NOT NULL,
    modified_date timestamptz
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
    created_date timestamptz NOT NULL,
    modified_date timestamptz
);
