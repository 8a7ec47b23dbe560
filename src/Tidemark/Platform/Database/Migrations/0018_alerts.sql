-- What somebody wants to be told when it happens. symbol is the market's own name, asked the caller's word for it; what has no place of its own
-- is null. The version rises with every change of what is judged, and a trigger found by an older one is not written.
CREATE TABLE alerts (
    id               bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    user_id          bigint      NOT NULL REFERENCES users ON DELETE CASCADE,
    symbol           text        NOT NULL CHECK (symbol ~ '^[A-Z0-9]{1,20}/[A-Z0-9]{1,20}$'),
    asked            text        NOT NULL CHECK (length(asked) BETWEEN 3 AND 64),
    condition        text        NOT NULL CHECK (condition ~ '^[A-Z_]{3,40}$'),
    threshold        numeric,
    status           text        NOT NULL CHECK (status IN ('ACTIVE', 'TRIGGERED', 'PAUSED', 'EXPIRED')),
    channels         text[]      NOT NULL,
    created_at       timestamptz NOT NULL,
    changed_at       timestamptz NOT NULL,
    version          integer     NOT NULL DEFAULT 1 CHECK (version > 0),
    timeframe        smallint    CHECK (timeframe > 0),
    repeat           text        NOT NULL CHECK (repeat IN ('ONCE', 'ONCE_PER_BAR', 'EVERY_TIME')),
    cooldown_minutes integer     NOT NULL CHECK (cooldown_minutes BETWEEN 0 AND 43200),
    intrabar         boolean     NOT NULL,
    indicator        text        CHECK (length(indicator) <= 200),
    value            numeric,
    formula          text        CHECK (length(formula) <= 4000),
    window_minutes   integer     CHECK (window_minutes BETWEEN 1 AND 20160),
    period           integer     CHECK (period BETWEEN 2 AND 1000),
    pattern          text        CHECK (length(pattern) <= 20),
    direction        text        CHECK (direction IN ('BULLISH', 'BEARISH')),
    signal_class     text        CHECK (length(signal_class) <= 20),
    expires_at       timestamptz,
    active_from      time,
    active_until     time,
    time_zone        text        NOT NULL CHECK (length(time_zone) <= 60),
    note             text        CHECK (length(note) <= 500),
    armed_at         timestamptz NOT NULL,
    triggers         integer     NOT NULL DEFAULT 0 CHECK (triggers >= 0),
    triggered_at     timestamptz,
    last_bar         timestamptz,
    visible_at       timestamptz,
    CHECK ((active_from IS NULL) = (active_until IS NULL))
);
CREATE INDEX alerts_by_user ON alerts (user_id, id);
CREATE INDEX alerts_active ON alerts (symbol) WHERE status = 'ACTIVE';
CREATE INDEX alerts_by_change ON alerts (changed_at);
CREATE INDEX alerts_expiring ON alerts (expires_at) WHERE expires_at IS NOT NULL AND status IN ('ACTIVE', 'PAUSED');

-- That an alert's condition became true, once for each occasion: a bar, a minute, a pattern, a signal. Written with its notification.
-- It outlives its alert, as history. The stamps say how long each step took; verdict is what the final candles say of it afterwards.
CREATE TABLE alert_triggers (
    id           bigint           GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    alert_id     bigint           NOT NULL,
    user_id      bigint           NOT NULL REFERENCES users ON DELETE CASCADE,
    number       integer          NOT NULL CHECK (number > 0),
    occasion     text             NOT NULL CHECK (length(occasion) BETWEEN 1 AND 100),
    condition    text             NOT NULL,
    symbol       text             NOT NULL,
    source       text             NOT NULL,
    provenance   text             NOT NULL CHECK (provenance IN ('live', 'recorded', 'synthetic')),
    description  text             NOT NULL CHECK (length(description) <= 500),
    threshold    numeric,
    price        double precision NOT NULL,
    value        double precision,
    timeframe    smallint         NOT NULL CHECK (timeframe > 0),
    formula      text,
    intrabar     boolean          NOT NULL,
    bar          timestamptz      NOT NULL,
    late         boolean          NOT NULL,
    message_id   text,
    withheld     text             CHECK (length(withheld) <= 500),
    not_before   timestamptz      NOT NULL,
    exchange_at  timestamptz      NOT NULL,
    received_at  timestamptz      NOT NULL,
    evaluated_at timestamptz      NOT NULL,
    written_at   timestamptz      NOT NULL,
    committed_at timestamptz,
    told_at      timestamptz,
    sent_at      timestamptz,
    accepted_at  timestamptz,
    accepted_by  text,
    verdict      text             CHECK (verdict IN ('RIGHT', 'WRONG', 'UNKNOWN')),
    checked_at   timestamptz,
    move_hour    double precision,
    move_day     double precision,
    UNIQUE (alert_id, occasion),
    UNIQUE (alert_id, number)
);
CREATE INDEX alert_triggers_by_user ON alert_triggers (user_id, id);
CREATE INDEX alert_triggers_by_time ON alert_triggers (written_at);
CREATE INDEX alert_triggers_untold ON alert_triggers (not_before) WHERE told_at IS NULL AND withheld IS NULL;
CREATE INDEX alert_triggers_open ON alert_triggers (written_at) WHERE accepted_at IS NULL AND withheld IS NULL;
CREATE INDEX alert_triggers_unchecked ON alert_triggers (written_at) WHERE verdict IS NULL OR move_day IS NULL;

-- How far a symbol's closed candles were judged: all its alerts carry this point. The close is the last one judged, from which crossings count;
-- waits says why it does not go on.
CREATE TABLE alert_progress (
    source       smallint         NOT NULL REFERENCES market_sources,
    symbol       integer          NOT NULL REFERENCES market_symbols,
    timeframe    smallint         NOT NULL CHECK (timeframe > 0),
    judged_until timestamptz      NOT NULL,
    close        double precision,
    waits        text             CHECK (length(waits) <= 500),
    changed_at   timestamptz      NOT NULL,
    PRIMARY KEY (source, symbol, timeframe)
) WITH (fillfactor = 50);

-- Which node judges. The fence rises with each holder, and every write carries it: a node that slept writes nothing.
CREATE TABLE alert_engine (
    only_one   boolean     PRIMARY KEY DEFAULT true CHECK (only_one),
    holder     text        NOT NULL DEFAULT '',
    fence      bigint      NOT NULL DEFAULT 0,
    held_until timestamptz NOT NULL DEFAULT '-infinity'
);
INSERT INTO alert_engine DEFAULT VALUES;
