-- A session's ledger also says which candles never came and were passed over.
ALTER TABLE paper_ledger DROP CONSTRAINT paper_ledger_kind_check;
ALTER TABLE paper_ledger ADD CONSTRAINT paper_ledger_kind_check CHECK (kind IN ('start', 'entry', 'trade', 'skip', 'manual', 'stop'));
