-- A paper position, known by the candle it was entered in, may be closed by hand: asked for at a moment, done at the first open after it, and remembered
-- with the candle that opened then, so that the session is the same again after a restart and the backtester's day can be told from it.
ALTER TABLE paper_sessions ADD COLUMN closes_by_hand_since timestamptz;
ALTER TABLE paper_sessions ADD COLUMN closes_by_hand_entry timestamptz;
ALTER TABLE paper_sessions ADD CONSTRAINT paper_closing_is_whole CHECK ((closes_by_hand_since IS NULL) = (closes_by_hand_entry IS NULL));
ALTER TABLE paper_candles ADD COLUMN is_left_by_hand boolean NOT NULL DEFAULT false;
