-- What somebody is told. Written in the transaction of its cause: one cause tells a person once.
CREATE TABLE notifications (
    id          bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    message_id  text        NOT NULL UNIQUE CHECK (message_id ~ '^ntf_[0-9a-f]{32}$'),
    user_id     bigint      NOT NULL REFERENCES users ON DELETE CASCADE,
    cause       text        NOT NULL CHECK (length(cause) BETWEEN 1 AND 200),
    kind        text        NOT NULL CHECK (kind IN ('ALERT', 'SIGNAL', 'PATTERN', 'ORDER', 'POSITION', 'PORTFOLIO', 'ANALYSIS', 'SYSTEM', 'ACCOUNT', 'BROADCAST', 'DIGEST', 'TEST')),
    symbol      text        CHECK (length(symbol) <= 40),
    direction   text        CHECK (direction IN ('BULLISH', 'BEARISH')),
    confluence  integer     CHECK (confluence >= 0),
    urgent      boolean     NOT NULL,
    listed      boolean     NOT NULL,
    needs       text        CHECK (length(needs) <= 100),
    title       text        NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
    body        text        NOT NULL CHECK (length(body) <= 2000),
    link        text        CHECK (length(link) <= 500),
    occurred_at timestamptz,
    created_at  timestamptz NOT NULL,
    not_before  timestamptz NOT NULL,
    withheld    text        CHECK (length(withheld) <= 500),
    read_at     timestamptz,
    UNIQUE (user_id, cause)
);
CREATE INDEX notifications_by_user ON notifications (user_id, id);
CREATE INDEX notifications_unread ON notifications (user_id) WHERE read_at IS NULL AND withheld IS NULL AND listed;
CREATE INDEX notifications_by_age ON notifications (created_at);

-- How a person wants to hear by one channel. The address is encrypted; shown is what of it he may see again.
CREATE TABLE notification_channels (
    user_id          bigint      NOT NULL REFERENCES users ON DELETE CASCADE,
    channel          text        NOT NULL CHECK (channel IN ('NTFY', 'EMAIL', 'SMS', 'DISCORD', 'TELEGRAM', 'WEBHOOK', 'WEBPUSH', 'IN_APP')),
    enabled          boolean     NOT NULL,
    kinds            text[],
    symbols          text[],
    direction        text        NOT NULL CHECK (direction IN ('BOTH', 'BULLISH', 'BEARISH')),
    least_confluence integer     NOT NULL CHECK (least_confluence BETWEEN 0 AND 20),
    quiet_from       time,
    quiet_until      time,
    digest           boolean     NOT NULL,
    sealed           text,
    shown            text        CHECK (length(shown) <= 200),
    confirmed_at     timestamptz,
    code_hash        bytea,
    code_until       timestamptz,
    code_tries       integer     NOT NULL,
    failures         integer     NOT NULL,
    failing_since    timestamptz,
    paused_at        timestamptz,
    paused_until     timestamptz,
    paused_why       text        CHECK (length(paused_why) <= 500),
    pauses           integer     NOT NULL,
    changed_at       timestamptz NOT NULL,
    PRIMARY KEY (user_id, channel),
    CHECK ((quiet_from IS NULL) = (quiet_until IS NULL))
);

-- Which channels stand in for one that fails, in this order.
CREATE TABLE notification_preferences (
    user_id    bigint      PRIMARY KEY REFERENCES users ON DELETE CASCADE,
    fallback   text[]      NOT NULL,
    changed_at timestamptz NOT NULL
);

-- Browsers that asked for pushes. The endpoint is a capability: encrypted, and known again by its hash.
CREATE TABLE push_subscriptions (
    id            bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    user_id       bigint      NOT NULL REFERENCES users ON DELETE CASCADE,
    endpoint_hash bytea       NOT NULL,
    sealed        text        NOT NULL,
    browser       text        NOT NULL CHECK (length(browser) <= 100),
    created_at    timestamptz NOT NULL,
    UNIQUE (user_id, endpoint_hash)
);

-- The key pushes are signed with, encrypted. There is one: browsers subscribe to it by name.
CREATE TABLE push_keys (
    only_one   boolean     PRIMARY KEY DEFAULT true CHECK (only_one),
    public_key text        NOT NULL,
    sealed     text        NOT NULL,
    created_at timestamptz NOT NULL
);
