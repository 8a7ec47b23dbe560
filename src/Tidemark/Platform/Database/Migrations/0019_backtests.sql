-- Indicators that people wrote. parameters holds name, default, minimum and maximum of each.
CREATE TABLE custom_indicators (
    id          bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    user_id     bigint      NOT NULL REFERENCES users ON DELETE CASCADE,
    name        text        NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
    formula     text        NOT NULL CHECK (length(formula) BETWEEN 1 AND 4000),
    description text        NOT NULL CHECK (length(description) <= 1000),
    parameters  jsonb       NOT NULL,
    created_at  timestamptz NOT NULL
);
CREATE UNIQUE INDEX custom_indicators_by_name ON custom_indicators (user_id, lower(name));

-- Strategies that people wrote as formulas. Every change makes a version; runs carry a copy of the one they ran with.
CREATE TABLE user_strategies (
    id         bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    user_id    bigint      NOT NULL REFERENCES users ON DELETE CASCADE,
    title      text        NOT NULL CHECK (length(title) BETWEEN 1 AND 100),
    version    integer     NOT NULL CHECK (version > 0),
    created_at timestamptz NOT NULL,
    changed_at timestamptz NOT NULL
);
CREATE UNIQUE INDEX user_strategies_by_title ON user_strategies (user_id, lower(title));

CREATE TABLE user_strategy_versions (
    strategy   bigint      NOT NULL REFERENCES user_strategies ON DELETE CASCADE,
    version    integer     NOT NULL CHECK (version > 0),
    user_id    bigint      NOT NULL REFERENCES users ON DELETE CASCADE,
    title      text        NOT NULL,
    note       text        NOT NULL CHECK (length(note) <= 4000),
    formulas   jsonb       NOT NULL,
    parameters jsonb       NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (strategy, version)
);
CREATE INDEX user_strategy_versions_by_user ON user_strategy_versions (user_id);

-- Backtests, optimisations and walk-forward tests that were asked for. request is all of what was asked, defaults filled in, so that a run can be begun
-- anew after a crash; request_key is the Idempotency-Key it came with. A holder works on it while its lease lasts.
CREATE TABLE backtest_runs (
    id           bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    user_id      bigint      NOT NULL REFERENCES users ON DELETE CASCADE,
    code         text        NOT NULL CHECK (code ~ '^(BT|OP|WF)-[0-9]{8}-[0-9]{3,}$'),
    kind         text        NOT NULL CHECK (kind IN ('run', 'optimisation', 'walkForward')),
    status       text        NOT NULL CHECK (status IN ('queued', 'running', 'done', 'failed', 'cancelled')),
    strategy     text        NOT NULL CHECK (length(strategy) BETWEEN 1 AND 100),
    symbols      text[]      NOT NULL CHECK (cardinality(symbols) BETWEEN 1 AND 10),
    timeframe    smallint    NOT NULL CHECK (timeframe > 0),
    from_at      timestamptz NOT NULL,
    until_at     timestamptz NOT NULL,
    request      jsonb       NOT NULL,
    request_key  text        CHECK (length(request_key) <= 200),
    title        text        CHECK (length(title) <= 200),
    note         text        CHECK (length(note) <= 10000),
    created_at   timestamptz NOT NULL,
    started_at   timestamptz,
    completed_at timestamptz,
    attempts     integer     NOT NULL DEFAULT 0,
    holder       text,
    held_until   timestamptz,
    progress     double precision NOT NULL DEFAULT 0 CHECK (progress BETWEEN 0 AND 1),
    seconds_left double precision,
    is_cancelled boolean     NOT NULL DEFAULT false,
    fault_code   text,
    fault        text,
    fingerprint  text,
    same_as      text,
    summary      jsonb,
    CHECK (from_at < until_at),
    CHECK ((status IN ('done', 'failed', 'cancelled')) = (completed_at IS NOT NULL)),
    CHECK (status <> 'failed' OR fault IS NOT NULL),
    UNIQUE (user_id, code)
);
CREATE UNIQUE INDEX backtest_runs_by_key ON backtest_runs (user_id, request_key) WHERE request_key IS NOT NULL;
CREATE INDEX backtest_runs_by_user ON backtest_runs (user_id, id);
CREATE INDEX backtest_runs_waiting ON backtest_runs (id) WHERE status = 'queued';
CREATE INDEX backtest_runs_running ON backtest_runs (held_until) WHERE status = 'running';
CREATE INDEX backtest_runs_by_print ON backtest_runs (user_id, fingerprint) WHERE status = 'done';
CREATE INDEX backtest_runs_by_time ON backtest_runs (created_at);

-- What came out, packed: the answer's figures, the trades, the curve and an optimisation's table, each as compressed JSON.
CREATE TABLE backtest_results (
    run    bigint PRIMARY KEY REFERENCES backtest_runs ON DELETE CASCADE,
    report bytea  NOT NULL,
    trades bytea,
    curve  bytea,
    trials bytea
);

-- The last number given to a user's runs of a kind on a day.
CREATE TABLE backtest_numbers (
    user_id bigint  NOT NULL REFERENCES users ON DELETE CASCADE,
    prefix  text    NOT NULL,
    day     date    NOT NULL,
    last    integer NOT NULL CHECK (last > 0),
    PRIMARY KEY (user_id, prefix, day)
);

-- How often somebody has tried: every run and every combination of an optimiser, with the mean of their daily Sharpe ratios and the sum of squares
-- around it. It deflates whatever he finds, so it only grows; it goes with the account. What was tried on simulated prices says nothing of luck on real
-- ones, nor the other way round: each kind of market has its own count.
CREATE TABLE backtest_trials (
    user_id   bigint           NOT NULL REFERENCES users ON DELETE CASCADE,
    market    text             NOT NULL CHECK (market IN ('real', 'simulated')),
    runs      bigint           NOT NULL CHECK (runs >= 0),
    trials    bigint           NOT NULL CHECK (trials >= 0),
    rated     bigint           NOT NULL CHECK (rated BETWEEN 0 AND runs + trials),
    mean      double precision NOT NULL,
    squares   double precision NOT NULL CHECK (squares >= 0),
    since     timestamptz      NOT NULL,
    last_at   timestamptz      NOT NULL,
    PRIMARY KEY (user_id, market)
);
CREATE FUNCTION backtest_trials_only_grow() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.runs < OLD.runs OR NEW.trials < OLD.trials OR NEW.rated < OLD.rated OR NEW.since > OLD.since OR NEW.user_id <> OLD.user_id OR NEW.market <> OLD.market THEN
        RAISE EXCEPTION 'the count of trials only grows' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER backtest_trials_only_grow BEFORE UPDATE ON backtest_trials FOR EACH ROW EXECUTE FUNCTION backtest_trials_only_grow();

-- What was counted already: the same data, code and parameters are no new trial, whether the run is still there or not.
CREATE TABLE backtest_counted (
    user_id     bigint      NOT NULL REFERENCES users ON DELETE CASCADE,
    fingerprint text        NOT NULL,
    counted_at  timestamptz NOT NULL,
    PRIMARY KEY (user_id, fingerprint)
);

-- Strategies that run on live candles with a simulated account. request is the whole order; fed_until is the close of the last candle it took, and rises
-- in the transaction that writes what came of that candle.
CREATE TABLE paper_sessions (
    id           bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    user_id      bigint      NOT NULL REFERENCES users ON DELETE CASCADE,
    title        text        NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
    strategy     text        NOT NULL,
    request      jsonb       NOT NULL,
    source       text        NOT NULL,
    provenance   text        NOT NULL CHECK (provenance IN ('live', 'recorded', 'synthetic')),
    symbol       text        NOT NULL,
    timeframe    smallint    NOT NULL CHECK (timeframe > 0),
    status       text        NOT NULL CHECK (status IN ('running', 'stopped')),
    waits        text        CHECK (length(waits) <= 500),
    started_at   timestamptz NOT NULL,
    stopped_at   timestamptz,
    feed_from    timestamptz NOT NULL,
    fed_until    timestamptz NOT NULL,
    candles      bigint      NOT NULL DEFAULT 0,
    entries      integer     NOT NULL DEFAULT 0,
    state        jsonb       NOT NULL,
    CHECK ((status = 'stopped') = (stopped_at IS NOT NULL))
);
CREATE INDEX paper_sessions_by_user ON paper_sessions (user_id, id);
CREATE INDEX paper_sessions_running ON paper_sessions (symbol) WHERE status = 'running';

-- The candles a session took, as they were then: what is repaired later does not change what it did. Those before its start warmed it up and have no
-- equity; inside holds the minutes of a candle where they decide something.
CREATE TABLE paper_candles (
    session     bigint           NOT NULL REFERENCES paper_sessions ON DELETE CASCADE,
    open_time   timestamptz      NOT NULL,
    open        double precision NOT NULL,
    high        double precision NOT NULL,
    low         double precision NOT NULL,
    close       double precision NOT NULL,
    volume      double precision NOT NULL,
    minutes     integer          NOT NULL,
    inside      bytea,
    equity      double precision,
    received_at timestamptz,
    decided_at  timestamptz,
    PRIMARY KEY (session, open_time)
);

-- What happened on the simulated account, in order, each once.
CREATE TABLE paper_ledger (
    session  bigint           NOT NULL REFERENCES paper_sessions ON DELETE CASCADE,
    number   integer          NOT NULL CHECK (number > 0),
    user_id  bigint           NOT NULL REFERENCES users ON DELETE CASCADE,
    at       timestamptz      NOT NULL,
    kind     text             NOT NULL CHECK (kind IN ('start', 'entry', 'trade', 'manual', 'stop')),
    entry    jsonb            NOT NULL,
    PRIMARY KEY (session, number)
);
CREATE INDEX paper_ledger_by_user ON paper_ledger (user_id);

-- What a day's replay through the backtester found.
CREATE TABLE paper_parity (
    session bigint      NOT NULL REFERENCES paper_sessions ON DELETE CASCADE,
    day     date        NOT NULL,
    user_id bigint      NOT NULL REFERENCES users ON DELETE CASCADE,
    agreed  boolean     NOT NULL,
    report  jsonb       NOT NULL,
    run_at  timestamptz NOT NULL,
    PRIMARY KEY (session, day)
);
CREATE INDEX paper_parity_by_user ON paper_parity (user_id);
