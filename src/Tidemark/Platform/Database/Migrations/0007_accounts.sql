-- Accounts as they are now. Every new column has a default, so that the version before this one can still write users.
ALTER TABLE users
    ADD COLUMN name                text        NOT NULL DEFAULT '' CHECK (length(name) <= 80),
    ADD COLUMN email_verified_at   timestamptz,
    ADD COLUMN password_changed_at timestamptz,
    ADD COLUMN locked_at           timestamptz,
    ADD COLUMN lock_reason         text        CHECK (length(lock_reason) <= 500),
    ADD COLUMN terms_accepted_at   timestamptz,
    ADD COLUMN privacy_accepted_at timestamptz,
    ADD COLUMN adult_confirmed_at  timestamptz,
    ADD COLUMN time_zone           text        NOT NULL DEFAULT 'UTC' CHECK (length(time_zone) <= 60),
    ADD COLUMN language            text        NOT NULL DEFAULT 'en' CHECK (language IN ('en', 'de', 'fr', 'id')),
    ADD COLUMN theme               text        NOT NULL DEFAULT 'SYSTEM' CHECK (theme IN ('SYSTEM', 'DARK', 'LIGHT')),
    ADD COLUMN totp_secret         text,
    ADD COLUMN totp_enabled_at     timestamptz,
    ADD COLUMN totp_last_step      bigint      NOT NULL DEFAULT 0,
    ADD COLUMN last_seen_at        timestamptz,
    -- Where a person's push notifications go: theirs alone, and not to be guessed.
    ADD COLUMN ntfy_topic          text        NOT NULL DEFAULT ('tidemark-' || replace(gen_random_uuid()::text, '-', '')),
    ADD CONSTRAINT totp_is_whole CHECK ((totp_secret IS NULL) = (totp_enabled_at IS NULL));
CREATE UNIQUE INDEX users_by_ntfy_topic ON users (ntfy_topic);
-- Until now accounts were made by operators and the program only.
UPDATE users SET email_verified_at = created_at;

CREATE TABLE sessions (
    id            bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    user_id       bigint      NOT NULL REFERENCES users ON DELETE CASCADE,
    kind          text        NOT NULL CHECK (kind IN ('WEB', 'API')),
    token_hash    bytea       UNIQUE,
    refresh_seed  bytea,
    created_at    timestamptz NOT NULL,
    last_seen_at  timestamptz NOT NULL,
    idle_seconds  integer     NOT NULL CHECK (idle_seconds > 0),
    expires_at    timestamptz NOT NULL,
    confirmed_at  timestamptz,
    second_factor boolean     NOT NULL,
    browser       text        NOT NULL,
    address       text        NOT NULL,
    revoked_at    timestamptz,
    revoked_why   text,
    CHECK ((kind = 'WEB' AND token_hash IS NOT NULL) OR (kind = 'API' AND refresh_seed IS NOT NULL))
);
CREATE INDEX sessions_by_user ON sessions (user_id) WHERE revoked_at IS NULL;
CREATE INDEX sessions_by_expiry ON sessions (expires_at);

-- A refresh token is spent once; its successor is worked out from it, so that a repeat within seconds gets the same one.
CREATE TABLE refresh_tokens (
    hash       bytea       PRIMARY KEY,
    session_id bigint      NOT NULL REFERENCES sessions ON DELETE CASCADE,
    issued_at  timestamptz NOT NULL,
    spent_at   timestamptz
);
CREATE INDEX refresh_tokens_by_session ON refresh_tokens (session_id);

-- Browsers that have signed in before: they get past a lockout, and past the second factor while trusted.
CREATE TABLE devices (
    id            bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    user_id       bigint      NOT NULL REFERENCES users ON DELETE CASCADE,
    token_hash    bytea       NOT NULL UNIQUE,
    browser       text        NOT NULL,
    address       text        NOT NULL,
    created_at    timestamptz NOT NULL,
    last_seen_at  timestamptz NOT NULL,
    trusted_until timestamptz
);
CREATE INDEX devices_by_user ON devices (user_id);

-- Links sent by mail. Spent by deletion; a newer one of a kind voids the older.
CREATE TABLE mailed_tokens (
    hash       bytea       PRIMARY KEY,
    user_id    bigint      NOT NULL REFERENCES users ON DELETE CASCADE,
    purpose    text        NOT NULL CHECK (purpose IN ('VERIFY', 'RESET', 'EMAIL')),
    email      text        NOT NULL,
    expires_at timestamptz NOT NULL,
    UNIQUE (user_id, purpose)
);

-- What was begun in one request and is finished in another: a second factor, a passkey, the set-up of an authenticator.
CREATE TABLE ceremonies (
    hash       bytea       PRIMARY KEY,
    kind       text        NOT NULL CHECK (kind IN ('SECOND_FACTOR', 'PASSKEY_SIGN_IN', 'PASSKEY_NEW', 'TOTP_NEW')),
    user_id    bigint      REFERENCES users ON DELETE CASCADE,
    state      text        NOT NULL,
    tries      integer     NOT NULL DEFAULT 0 CHECK (tries <= 5),
    expires_at timestamptz NOT NULL
);
CREATE INDEX ceremonies_by_age ON ceremonies (expires_at);

CREATE TABLE recovery_codes (
    user_id bigint NOT NULL REFERENCES users ON DELETE CASCADE,
    hash    bytea  NOT NULL,
    PRIMARY KEY (user_id, hash)
);

CREATE TABLE passkeys (
    credential_id      bytea       PRIMARY KEY,
    id                 bigint      GENERATED ALWAYS AS IDENTITY UNIQUE,
    user_id            bigint      NOT NULL REFERENCES users ON DELETE CASCADE,
    name               text        NOT NULL CHECK (length(name) BETWEEN 1 AND 80),
    public_key         bytea       NOT NULL,
    sign_count         bigint      NOT NULL,
    transports         text[],
    is_user_verified   boolean     NOT NULL,
    is_backup_eligible boolean     NOT NULL,
    is_backed_up       boolean     NOT NULL,
    attestation_object bytea       NOT NULL,
    client_data_json   bytea       NOT NULL,
    created_at         timestamptz NOT NULL,
    last_used_at       timestamptz
);
CREATE INDEX passkeys_by_user ON passkeys (user_id);

-- Failed sign-ins by account (known or not), by network, and over all. What is counted must survive a crash: no attacker may wish for one.
CREATE TABLE sign_in_failures (
    subject       text        PRIMARY KEY,
    failures      integer     NOT NULL,
    failed_at     timestamptz NOT NULL,
    blocked_until timestamptz
);
CREATE INDEX sign_in_failures_by_age ON sign_in_failures (failed_at);

CREATE TABLE signing_keys (
    id          text        PRIMARY KEY,
    private_key text        NOT NULL,
    created_at  timestamptz NOT NULL
);

CREATE TABLE api_keys (
    id           bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    user_id      bigint      NOT NULL REFERENCES users ON DELETE CASCADE,
    name         text        NOT NULL CHECK (length(name) BETWEEN 1 AND 80),
    prefix       text        NOT NULL,
    hash         bytea       NOT NULL UNIQUE,
    scopes       text[]      NOT NULL,
    per_minute   integer     NOT NULL CHECK (per_minute BETWEEN 1 AND 6000),
    per_hour     integer     NOT NULL CHECK (per_hour BETWEEN 1 AND 100000),
    per_day      integer     NOT NULL CHECK (per_day BETWEEN 1 AND 1000000),
    allowed      text[]      NOT NULL,
    denied       text[]      NOT NULL,
    created_at   timestamptz NOT NULL,
    expires_at   timestamptz,
    revoked_at   timestamptz,
    replaced_by  bigint      REFERENCES api_keys,
    last_used_at timestamptz,
    last_address text,
    uses         bigint      NOT NULL DEFAULT 0
);
CREATE INDEX api_keys_by_user ON api_keys (user_id);

CREATE TABLE trading_preferences (
    user_id                 bigint         PRIMARY KEY REFERENCES users ON DELETE CASCADE,
    account_size            numeric(20, 2) NOT NULL CHECK (account_size >= 0),
    account_currency        text           NOT NULL CHECK (length(account_currency) BETWEEN 3 AND 5),
    risk_per_trade          numeric(6, 4)  NOT NULL CHECK (risk_per_trade > 0 AND risk_per_trade <= 0.1),
    risk_reward             numeric(6, 2)  NOT NULL CHECK (risk_reward BETWEEN 0.5 AND 20),
    daily_loss_limit        numeric(6, 4)  NOT NULL CHECK (daily_loss_limit > 0 AND daily_loss_limit <= 1),
    most_open_positions     integer        NOT NULL CHECK (most_open_positions BETWEEN 1 AND 100),
    default_symbol          text           NOT NULL CHECK (length(default_symbol) BETWEEN 3 AND 30),
    default_timeframe       text           NOT NULL CHECK (default_timeframe IN ('1m', '5m', '15m', '30m', '1h', '2h', '4h', '1d')),
    changed_at              timestamptz    NOT NULL
);
