-- What an unsafe request answered, stored with its effect.
CREATE TABLE idempotency_keys (
    caller       text        NOT NULL,
    key          text        NOT NULL,
    request_hash bytea       NOT NULL,
    status       smallint    NOT NULL,
    content_type text,
    body         bytea       NOT NULL,
    created_at   timestamptz NOT NULL,
    PRIMARY KEY (caller, key)
);
CREATE INDEX idempotency_keys_by_age ON idempotency_keys (created_at);

-- How much of a bucket is used in the window that is open. Unlogged: a crash may forget a quarter of an hour of counting,
-- and counting must not cost every request a flush to disk.
CREATE UNLOGGED TABLE rate_windows (
    bucket    text        NOT NULL,
    subject   text        NOT NULL,
    opened_at timestamptz NOT NULL,
    used      integer     NOT NULL,
    PRIMARY KEY (bucket, subject)
) WITH (fillfactor = 50);
