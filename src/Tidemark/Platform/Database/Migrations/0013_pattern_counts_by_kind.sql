-- Counts by kind, so that a page can say how much of what a plan leaves locked. They are made anew every five minutes.
DROP TABLE pattern_counts;
CREATE TABLE pattern_counts (
    source      smallint    NOT NULL REFERENCES market_sources,
    symbol      integer     NOT NULL REFERENCES market_symbols,
    kind        text        NOT NULL,
    active      integer     NOT NULL,
    bullish     integer     NOT NULL,
    bearish     integer     NOT NULL,
    found24h    integer     NOT NULL,
    ended24h    integer     NOT NULL,
    latest_at   timestamptz NOT NULL,
    computed_at timestamptz NOT NULL,
    PRIMARY KEY (source, symbol, kind)
);
