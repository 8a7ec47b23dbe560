-- A registration waits in its own mailed link until its password and the mailbox meet: nobody's registration can replace another's.
ALTER TABLE mailed_tokens ADD COLUMN registration text;
ALTER TABLE mailed_tokens DROP CONSTRAINT mailed_tokens_user_id_purpose_key;
CREATE UNIQUE INDEX mailed_tokens_newest_only ON mailed_tokens (user_id, purpose) WHERE purpose <> 'VERIFY';
CREATE INDEX mailed_tokens_by_user ON mailed_tokens (user_id);
CREATE INDEX mails_by_recipient ON mails (recipient, written_at);

-- An account an admin made: only its owner's mailed link opens it.
ALTER TABLE users ADD COLUMN invited_at timestamptz;
