-- A first look at a long history writes patterns by the million. They are only ever written in the transaction that moves their eye on, and
-- the eye's row holds the references: checking them again for every pattern cost more than writing it. One index now serves both what makes
-- a pattern one and no other, and reading a symbol's patterns in the order of time.
ALTER TABLE patterns
    DROP CONSTRAINT patterns_symbol_fkey,
    DROP CONSTRAINT patterns_source_fkey,
    DROP CONSTRAINT patterns_source_symbol_timeframe_kind_direction_known_at_an_key,
    ADD CONSTRAINT patterns_are_one UNIQUE (source, symbol, known_at, timeframe, anchor_at, kind, direction);
DROP INDEX patterns_of_symbol;
