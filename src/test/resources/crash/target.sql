-- The target as the documentation of threads-drizzle has it, in layout snake-case.
CREATE TABLE users (
    id uuid PRIMARY KEY,
    name varchar(255) NOT NULL,
    created_at timestamp NOT NULL DEFAULT now(),
    updated_at timestamp NOT NULL DEFAULT now()
);
CREATE TABLE threads (
    id uuid PRIMARY KEY,
    title varchar(255),
    user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
    organization_id uuid,
    tenant_id varchar(255),
    metadata jsonb,
    created_at timestamp NOT NULL DEFAULT now(),
    updated_at timestamp NOT NULL DEFAULT now()
);
CREATE TABLE feedback (
    id uuid PRIMARY KEY,
    thread_id uuid NOT NULL REFERENCES threads ON DELETE CASCADE,
    user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
    type varchar(50) NOT NULL,
    value text,
    comment text,
    message_id varchar(255),
    helpful boolean,
    rating integer CHECK (rating BETWEEN 1 AND 5),
    created_at timestamp NOT NULL DEFAULT now(),
    updated_at timestamp NOT NULL DEFAULT now()
);
CREATE INDEX ON threads (user_id);
