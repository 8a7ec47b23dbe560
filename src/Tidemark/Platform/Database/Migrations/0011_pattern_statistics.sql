-- What became of the finished patterns of each symbol's whole stored history, group by group, so that groups can be pooled.
-- The class is how much the timeframes agreed with the pattern when it was confirmed. Results are multiples of the risk, after costs.
CREATE TABLE pattern_samples (
    source         smallint           NOT NULL REFERENCES market_sources,
    symbol         integer            NOT NULL REFERENCES market_symbols,
    timeframe      smallint           NOT NULL,
    kind           text               NOT NULL,
    direction      text               NOT NULL CHECK (direction IN ('bullish', 'bearish')),
    class          text               NOT NULL CHECK (class IN ('weak', 'moderate', 'strong', 'veryStrong')),
    cases          integer            NOT NULL CHECK (cases > 0),
    filled         integer            NOT NULL,
    wins           integer            NOT NULL,
    decided        integer            NOT NULL CHECK (decided BETWEEN wins AND cases),
    ambiguous      integer            NOT NULL,
    first_at       timestamptz        NOT NULL,
    results        double precision[] NOT NULL,
    hours_to_touch double precision[] NOT NULL,
    hours_to_fill  double precision[] NOT NULL,
    PRIMARY KEY (source, symbol, timeframe, kind, direction, class)
);

-- What was counted for a symbol, and how alike its timeframes spoke (pairs of timeframes in minutes with their correlation).
CREATE TABLE pattern_statistics_runs (
    source       smallint    NOT NULL REFERENCES market_sources,
    symbol       integer     NOT NULL REFERENCES market_symbols,
    first_open   timestamptz NOT NULL,
    until        timestamptz NOT NULL,
    candles      bigint      NOT NULL,
    computed_at  timestamptz NOT NULL,
    rules        text        NOT NULL,
    correlations jsonb       NOT NULL,
    PRIMARY KEY (source, symbol)
);

-- The figures that are shown beside patterns. No symbol means all symbols of the source together.
CREATE TABLE pattern_statistics (
    source          smallint         NOT NULL REFERENCES market_sources,
    symbol          integer          REFERENCES market_symbols,
    timeframe       smallint         NOT NULL,
    kind            text             NOT NULL,
    direction       text             NOT NULL CHECK (direction IN ('bullish', 'bearish')),
    cases           integer          NOT NULL,
    decided         integer          NOT NULL,
    entered         integer          NOT NULL,
    ambiguous       integer          NOT NULL,
    hit_rate        double precision,
    hit_low         double precision,
    hit_high        double precision,
    fill_rate       double precision,
    fill_low        double precision,
    fill_high       double precision,
    hours_to_touch  double precision,
    hours_to_fill   double precision,
    expectancy      double precision,
    expectancy_low  double precision,
    expectancy_high double precision,
    first_at        timestamptz      NOT NULL,
    until           timestamptz      NOT NULL,
    computed_at     timestamptz      NOT NULL,
    UNIQUE NULLS NOT DISTINCT (source, symbol, timeframe, kind, direction)
);

-- How patterns went that were confirmed under each class of agreement, against what their own mix of kinds, timeframes and directions does anyway.
CREATE TABLE confluence_statistics (
    source          smallint         NOT NULL REFERENCES market_sources,
    class           text             NOT NULL CHECK (class IN ('weak', 'moderate', 'strong', 'veryStrong')),
    cases           integer          NOT NULL,
    decided         integer          NOT NULL,
    hit_rate        double precision,
    hit_low         double precision,
    hit_high        double precision,
    base_rate       double precision,
    expectancy      double precision,
    expectancy_low  double precision,
    expectancy_high double precision,
    first_at        timestamptz      NOT NULL,
    until           timestamptz      NOT NULL,
    computed_at     timestamptz      NOT NULL,
    PRIMARY KEY (source, class)
);

-- Counts that pages show at once, made every five minutes.
CREATE TABLE pattern_counts (
    source      smallint    NOT NULL REFERENCES market_sources,
    symbol      integer     NOT NULL REFERENCES market_symbols,
    active      integer     NOT NULL,
    bullish     integer     NOT NULL,
    bearish     integer     NOT NULL,
    found24h    integer     NOT NULL,
    ended24h    integer     NOT NULL,
    latest_at   timestamptz,
    computed_at timestamptz NOT NULL,
    PRIMARY KEY (source, symbol)
);
