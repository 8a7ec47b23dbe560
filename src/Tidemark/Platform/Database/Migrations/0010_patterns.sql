-- One eye watches each symbol of a source. It began at its anchor and has looked at every stored candle up to processed_until;
-- whatever it found by then is in the tables below. The digest is of all candles it took, as they were when it took them: where the table
-- of candles says otherwise today, it was repaired since. The rules are those it looks by, since rules_since.
CREATE TABLE pattern_eyes (
    source          smallint    NOT NULL REFERENCES market_sources,
    symbol          integer     NOT NULL REFERENCES market_symbols,
    timeframe       smallint    NOT NULL CHECK (timeframe > 0),
    anchor          timestamptz NOT NULL,
    processed_until timestamptz NOT NULL CHECK (processed_until >= anchor),
    candles         bigint      NOT NULL DEFAULT 0,
    digest          bigint      NOT NULL DEFAULT 0,
    rules           text        NOT NULL,
    rules_since     timestamptz NOT NULL,
    changed_at      timestamptz NOT NULL,
    PRIMARY KEY (source, symbol)
) WITH (fillfactor = 50);

-- Patterns as they were confirmed, and what became of them. Times are those at which a fact became known, the closes of candles;
-- anchor_at, first_at and confirmed_at are open times of candles. What is confirmed is never changed, what has ended neither.
CREATE TABLE patterns (
    id               bigint           GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    known_at         timestamptz      NOT NULL,
    anchor_at        timestamptz      NOT NULL,
    first_at         timestamptz      NOT NULL,
    confirmed_at     timestamptz      NOT NULL,
    expires_at       timestamptz      NOT NULL,
    recorded_at      timestamptz      NOT NULL,
    touched_at       timestamptz,
    filled_at        timestamptz,
    ended_at         timestamptz,
    origin_at        timestamptz,
    bottom           double precision NOT NULL,
    top              double precision NOT NULL CHECK (top > bottom),
    body_bottom      double precision,
    body_top         double precision,
    swept_level      double precision,
    strength         double precision NOT NULL CHECK (strength BETWEEN 0 AND 100),
    average_range    double precision,
    confirming_close double precision NOT NULL,
    fill_percent     double precision NOT NULL DEFAULT 0 CHECK (fill_percent BETWEEN 0 AND 100),
    entry            double precision,
    stop             double precision,
    target1          double precision,
    target2          double precision,
    target3          double precision,
    symbol           integer          NOT NULL REFERENCES market_symbols,
    source           smallint         NOT NULL REFERENCES market_sources,
    timeframe        smallint         NOT NULL CHECK (timeframe > 0),
    levels_swept     smallint         NOT NULL DEFAULT 0,
    enters_at_once   boolean          NOT NULL DEFAULT false,
    kind             text             NOT NULL CHECK (kind IN ('FVG', 'OB', 'SWEEP', 'BREAKER', 'MITIGATION')),
    direction        text             NOT NULL CHECK (direction IN ('bullish', 'bearish')),
    status           text             NOT NULL CHECK (status IN ('active', 'filled', 'invalidated', 'completed', 'expired')),
    origin           text             CHECK (origin IN ('orderBlock', 'candidate')),
    rule             text             NOT NULL,
    parameters       text             NOT NULL,
    CHECK ((status = 'active') = (ended_at IS NULL)),
    CHECK ((entry IS NULL) = (stop IS NULL) AND (entry IS NULL) = (target1 IS NULL)),
    UNIQUE (source, symbol, timeframe, kind, direction, known_at, anchor_at)
);
CREATE INDEX patterns_open ON patterns (source, symbol, timeframe, known_at DESC) WHERE ended_at IS NULL;
-- Without the id its equal entries share one place, at a sixth of the size; the few of one moment are sorted when they are read.
CREATE INDEX patterns_by_time ON patterns (source, known_at DESC);
CREATE INDEX patterns_of_symbol ON patterns (source, symbol, known_at DESC, id DESC);

-- What is confirmed stays as it was confirmed, and what has ended stays ended.
CREATE FUNCTION patterns_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.ended_at IS NOT NULL THEN
        RAISE EXCEPTION 'Pattern % has ended and stays as it is.', OLD.id;
    END IF;
    IF (NEW.source, NEW.symbol, NEW.timeframe, NEW.kind, NEW.direction, NEW.known_at, NEW.anchor_at, NEW.first_at, NEW.confirmed_at, NEW.bottom, NEW.top, NEW.strength, NEW.expires_at, NEW.rule, NEW.parameters)
       IS DISTINCT FROM
       (OLD.source, OLD.symbol, OLD.timeframe, OLD.kind, OLD.direction, OLD.known_at, OLD.anchor_at, OLD.first_at, OLD.confirmed_at, OLD.bottom, OLD.top, OLD.strength, OLD.expires_at, OLD.rule, OLD.parameters)
       OR NEW.fill_percent < OLD.fill_percent
       OR (OLD.touched_at IS NOT NULL AND NEW.touched_at IS DISTINCT FROM OLD.touched_at)
       OR (OLD.filled_at IS NOT NULL AND NEW.filled_at IS DISTINCT FROM OLD.filled_at) THEN
        RAISE EXCEPTION 'What was known of pattern % is not rewritten.', OLD.id;
    END IF;
    RETURN NEW;
END $$;
-- What a recomputation from stored candles found to differ from what was stored at the time: it should be nothing.
CREATE TABLE pattern_replays (
    id        bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    source    smallint    NOT NULL REFERENCES market_sources,
    symbol    integer     NOT NULL REFERENCES market_symbols,
    from_at   timestamptz NOT NULL,
    until_at  timestamptz NOT NULL,
    run_at    timestamptz NOT NULL,
    facts     integer     NOT NULL,
    rewritten integer     NOT NULL CHECK (rewritten >= 0),
    cause     text        CHECK (cause IN ('candles repaired', 'rules changed', 'unexplained')),
    examples  text[]      NOT NULL,
    CHECK ((rewritten = 0) = (cause IS NULL))
);
CREATE INDEX pattern_replays_by_time ON pattern_replays (run_at DESC);

CREATE TRIGGER patterns_stay BEFORE UPDATE ON patterns FOR EACH ROW EXECUTE FUNCTION patterns_stay();
