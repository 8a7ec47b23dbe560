CREATE TABLE users (
    id            bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    email         text        NOT NULL CHECK (email = lower(email) AND length(email) BETWEEN 3 AND 254),
    password_hash text        NOT NULL,
    role          text        NOT NULL CHECK (role IN ('USER', 'PROVIDER', 'ADMIN')),
    plan          text        NOT NULL CHECK (plan IN ('FREE', 'PRO', 'PREMIUM')),
    is_demo       boolean     NOT NULL,
    created_at    timestamptz NOT NULL
);
CREATE UNIQUE INDEX users_by_email ON users (email);
