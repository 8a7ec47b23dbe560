-- What was said of a signal when it was issued stays, and so does when it was said: only how it goes is written, until it has ended.
CREATE FUNCTION signals_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.ended_at IS NOT NULL THEN
        RAISE EXCEPTION 'Signal % has ended and stays as it is.', OLD.id;
    END IF;
    IF (NEW.id, NEW.source, NEW.symbol, NEW.origin, NEW.strategy, NEW.direction, NEW.timeframe, NEW.class, NEW.score, NEW.entry, NEW.stop, NEW.targets, NEW.risk_percent,
        NEW.enters_at_once, NEW.known_at, NEW.issued_at, NEW.valid_until, NEW.rule, NEW.basis, NEW.retrospective)
       IS DISTINCT FROM
       (OLD.id, OLD.source, OLD.symbol, OLD.origin, OLD.strategy, OLD.direction, OLD.timeframe, OLD.class, OLD.score, OLD.entry, OLD.stop, OLD.targets, OLD.risk_percent,
        OLD.enters_at_once, OLD.known_at, OLD.issued_at, OLD.valid_until, OLD.rule, OLD.basis, OLD.retrospective) THEN
        RAISE EXCEPTION 'What was said when signal % was issued is not rewritten.', OLD.id;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER signals_stay BEFORE UPDATE ON signals FOR EACH ROW EXECUTE FUNCTION signals_stay();

-- Nothing that was found is ever taken out again.
CREATE FUNCTION findings_are_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The rows of % are never deleted.', TG_TABLE_NAME;
END $$;
CREATE TRIGGER signals_are_kept BEFORE DELETE OR TRUNCATE ON signals FOR EACH STATEMENT EXECUTE FUNCTION findings_are_kept();
CREATE TRIGGER patterns_are_kept BEFORE DELETE OR TRUNCATE ON patterns FOR EACH STATEMENT EXECUTE FUNCTION findings_are_kept();

-- A signal is issued once and ends once.
CREATE UNIQUE INDEX signal_chain_issues_once ON signal_chain (signal_id) WHERE kind = 'issued';
CREATE UNIQUE INDEX signal_chain_ends_once ON signal_chain (signal_id) WHERE kind = 'ended';
