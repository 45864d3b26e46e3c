-- Hand-written, as in many applications: serial ids, snake case.
CREATE TABLE users (
    id serial PRIMARY KEY,
    name text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz
);
CREATE TABLE threads (
    id serial PRIMARY KEY,
    title text,
    user_id integer NOT NULL REFERENCES users (id),
    organization_id integer,
    tenant_id text,
    metadata jsonb,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz
);
CREATE TABLE feedback (
    id serial PRIMARY KEY,
    thread_id integer NOT NULL REFERENCES threads (id),
    user_id integer NOT NULL REFERENCES users (id),
    type text NOT NULL,
    value text,
    comment text,
    message_id text,
    helpful boolean,
    rating integer,
    created_at timestamptz NOT NULL DEFAULT now()
);
