-- Where series come from. One name may stand twice: what Binance streams and what its files recorded are two sources.
CREATE TABLE market_sources (
    id         smallint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name       text     NOT NULL CHECK (length(name) BETWEEN 1 AND 40),
    provenance text     NOT NULL CHECK (provenance IN ('live', 'recorded', 'synthetic')),
    UNIQUE (name, provenance)
);

-- Every symbol with candles or to be watched. Without a date of its own, history is loaded from the configured day on.
CREATE TABLE market_symbols (
    id         integer     GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name       text        NOT NULL UNIQUE CHECK (name ~ '^[A-Z0-9]{1,20}/[A-Z0-9]{1,20}$'),
    is_active  boolean     NOT NULL DEFAULT false,
    fetch_from date,
    decided_at timestamptz,
    added_at   timestamptz NOT NULL
);

-- Closed candles, timeframe in minutes. Months are partitions, made ahead by a job and on demand; there is no default partition,
-- so that old months can be detached without stopping readers. Wide columns first: no padding between them.
CREATE TABLE candles (
    open_time timestamptz      NOT NULL,
    open      double precision NOT NULL,
    high      double precision NOT NULL,
    low       double precision NOT NULL,
    close     double precision NOT NULL,
    volume    double precision NOT NULL,
    symbol    integer          NOT NULL,
    minutes   smallint         NOT NULL,
    source    smallint         NOT NULL,
    timeframe smallint         NOT NULL,
    PRIMARY KEY (source, symbol, timeframe, open_time)
) PARTITION BY RANGE (open_time);

-- What is stored of each series, kept in the transaction of every change; its row is also the turn of who writes the series.
-- Candles that open before verified_until have been checked. Of minutes, stale_from to stale_until is the range that changed behind the
-- newest one and that the longer timeframes do not follow yet; stale_marks counts how often that was marked.
CREATE TABLE candle_series (
    source         smallint    NOT NULL REFERENCES market_sources,
    symbol         integer     NOT NULL REFERENCES market_symbols,
    timeframe      smallint    NOT NULL CHECK (timeframe > 0),
    candles        bigint      NOT NULL DEFAULT 0 CHECK (candles >= 0),
    first_open     timestamptz,
    last_open      timestamptz,
    changes        bigint      NOT NULL DEFAULT 0,
    changed_at     timestamptz NOT NULL,
    verified_until timestamptz,
    verified_at    timestamptz,
    stale_from     timestamptz,
    stale_until    timestamptz,
    stale_marks    bigint      NOT NULL DEFAULT 0,
    PRIMARY KEY (source, symbol, timeframe),
    CHECK ((candles = 0) = (first_open IS NULL) AND (candles = 0) = (last_open IS NULL))
) WITH (fillfactor = 50);

-- Bad candles, kept with what was wrong; nothing that reads candles sees them.
CREATE TABLE candle_quarantine (
    id             bigint           GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    source         smallint         NOT NULL REFERENCES market_sources,
    symbol         integer          NOT NULL REFERENCES market_symbols,
    timeframe      smallint         NOT NULL,
    open_time      timestamptz      NOT NULL,
    open           double precision NOT NULL,
    high           double precision NOT NULL,
    low            double precision NOT NULL,
    close          double precision NOT NULL,
    volume         double precision NOT NULL,
    minutes        integer          NOT NULL,
    reason         text             NOT NULL,
    found_by       text             NOT NULL CHECK (found_by IN ('saving', 'checking')),
    quarantined_at timestamptz      NOT NULL,
    UNIQUE (source, symbol, timeframe, open_time, reason)
);

-- What the checks found in stored candles and is still so.
CREATE TABLE candle_faults (
    source    smallint         NOT NULL,
    symbol    integer          NOT NULL,
    timeframe smallint         NOT NULL,
    open_time timestamptz      NOT NULL,
    fault     text             NOT NULL,
    amount    double precision NOT NULL,
    found_at  timestamptz      NOT NULL,
    PRIMARY KEY (source, symbol, timeframe, open_time, fault),
    FOREIGN KEY (source, symbol, timeframe) REFERENCES candle_series ON DELETE CASCADE
);

-- Ranges without candles. Known ones are accepted: the exchange has nothing there, or an operator said so.
CREATE TABLE candle_gaps (
    source    smallint    NOT NULL,
    symbol    integer     NOT NULL,
    timeframe smallint    NOT NULL,
    starts_at timestamptz NOT NULL,
    ends_at   timestamptz NOT NULL,
    is_known  boolean     NOT NULL,
    found_at  timestamptz NOT NULL,
    PRIMARY KEY (source, symbol, timeframe, starts_at),
    FOREIGN KEY (source, symbol, timeframe) REFERENCES candle_series ON DELETE CASCADE,
    CHECK (starts_at < ends_at)
);

-- Every run that brought candles in.
CREATE TABLE fetch_runs (
    id             bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    job            text        NOT NULL CHECK (length(job) BETWEEN 1 AND 40),
    source         text        NOT NULL,
    provenance     text        NOT NULL,
    started_at     timestamptz NOT NULL,
    ended_at       timestamptz,
    symbols        integer     NOT NULL DEFAULT 0,
    stored         bigint      NOT NULL DEFAULT 0,
    already_there  bigint      NOT NULL DEFAULT 0,
    quarantined    bigint      NOT NULL DEFAULT 0,
    failed_batches integer     NOT NULL DEFAULT 0,
    error          text
);
CREATE INDEX fetch_runs_by_age ON fetch_runs (started_at);

-- Figures of each watched series that pages show at once, computed every few minutes.
CREATE TABLE market_statistics (
    source      smallint    NOT NULL REFERENCES market_sources,
    symbol      integer     NOT NULL REFERENCES market_symbols,
    computed_at timestamptz NOT NULL,
    candles     bigint      NOT NULL,
    last_open   timestamptz NOT NULL,
    last_price  double precision NOT NULL,
    change1h    double precision,
    change24h   double precision,
    change7d    double precision,
    high24h     double precision,
    low24h      double precision,
    volume24h   double precision NOT NULL,
    PRIMARY KEY (source, symbol)
);
