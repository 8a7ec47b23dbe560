-- A signal of any origin, as it was issued, and how it went. Prices are in the quote currency, the outcome in multiples of the risk after costs.
-- A signal found so late that nobody could have acted on it (history that was caught up with) is retrospective: it is shown as such, and not chained.
CREATE TABLE signals (
    id             bigint             GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    known_at       timestamptz        NOT NULL,
    issued_at      timestamptz        NOT NULL,
    valid_until    timestamptz        NOT NULL,
    triggered_at   timestamptz,
    changed_at     timestamptz        NOT NULL,
    ended_at       timestamptz,
    entry          double precision   NOT NULL,
    stop           double precision   NOT NULL,
    targets        double precision[] NOT NULL CHECK (cardinality(targets) BETWEEN 1 AND 3),
    risk_percent   double precision   NOT NULL CHECK (risk_percent > 0),
    outcome        double precision,
    symbol         integer            NOT NULL REFERENCES market_symbols,
    source         smallint           NOT NULL REFERENCES market_sources,
    timeframe      smallint           NOT NULL,
    score          smallint           NOT NULL DEFAULT 0,
    targets_hit    smallint           NOT NULL DEFAULT 0,
    retrospective  boolean            NOT NULL,
    ambiguous      boolean            NOT NULL DEFAULT false,
    enters_at_once boolean            NOT NULL,
    origin         text               NOT NULL CHECK (origin IN ('smc', 'strategy', 'provider', 'tradingview')),
    strategy       text               NOT NULL DEFAULT '',
    direction      text               NOT NULL CHECK (direction IN ('bullish', 'bearish')),
    class          text               CHECK (class IN ('weak', 'moderate', 'strong', 'veryStrong')),
    status         text               NOT NULL CHECK (status IN ('open', 'triggered', 'target', 'completed', 'stopped', 'expired', 'cancelled')),
    rule           text               NOT NULL,
    basis          jsonb              NOT NULL,
    CHECK ((status IN ('completed', 'stopped', 'expired', 'cancelled')) = (ended_at IS NOT NULL)),
    UNIQUE (source, symbol, origin, strategy, direction, known_at)
);
CREATE INDEX signals_open ON signals (source, symbol) WHERE ended_at IS NULL;
CREATE INDEX signals_by_time ON signals (source, known_at DESC, id DESC);

-- Every issued signal, amendment and end, each holding the hash of the one before. Rows are added and never touched again.
CREATE TABLE signal_chain (
    sequence    bigint      PRIMARY KEY CHECK (sequence > 0),
    signal_id   bigint      NOT NULL REFERENCES signals,
    kind        text        NOT NULL CHECK (kind IN ('issued', 'amended', 'ended')),
    recorded_at timestamptz NOT NULL,
    previous    text        NOT NULL CHECK (previous ~ '^[0-9a-f]{64}$'),
    hash        text        NOT NULL UNIQUE CHECK (hash ~ '^[0-9a-f]{64}$'),
    content     text        NOT NULL
);
CREATE INDEX signal_chain_of_signal ON signal_chain (signal_id, sequence);

CREATE FUNCTION signal_chain_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The chain of signals is only ever added to.';
END $$;
CREATE TRIGGER signal_chain_stays BEFORE UPDATE OR DELETE ON signal_chain FOR EACH ROW EXECUTE FUNCTION signal_chain_stays();
CREATE TRIGGER signal_chain_is_not_emptied BEFORE TRUNCATE ON signal_chain FOR EACH STATEMENT EXECUTE FUNCTION signal_chain_stays();
