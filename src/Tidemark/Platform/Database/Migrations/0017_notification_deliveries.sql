-- The way of a notification over one channel, from the transaction of its cause to its end.
CREATE TABLE notification_deliveries (
    id               bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    notification_id  bigint      NOT NULL REFERENCES notifications ON DELETE CASCADE,
    user_id          bigint      NOT NULL REFERENCES users ON DELETE CASCADE,
    channel          text        NOT NULL CHECK (channel IN ('NTFY', 'EMAIL', 'SMS', 'DISCORD', 'TELEGRAM', 'WEBHOOK', 'WEBPUSH', 'IN_APP')),
    target           bigint      NOT NULL DEFAULT 0,
    status           text        NOT NULL CHECK (status IN ('WAITING', 'SENDING', 'HANDED', 'SENT', 'HELD', 'DIGESTED', 'SKIPPED', 'REPLACED', 'DEAD')),
    why              text        CHECK (length(why) <= 500),
    stands_in_for    text,
    digest_id        bigint      REFERENCES notifications ON DELETE SET NULL,
    mail_id          bigint,
    next_at          timestamptz NOT NULL,
    attempts         integer     NOT NULL DEFAULT 0 CHECK (attempts >= 0),
    fence            bigint      NOT NULL DEFAULT 0,
    created_at       timestamptz NOT NULL,
    due_at           timestamptz NOT NULL,
    first_attempt_at timestamptz,
    accepted_at      timestamptz,
    ended_at         timestamptz,
    receipt          text        CHECK (length(receipt) <= 200),
    UNIQUE (notification_id, channel, target)
);
CREATE INDEX notification_deliveries_due ON notification_deliveries (channel, next_at, id) WHERE status = 'WAITING';
CREATE INDEX notification_deliveries_held ON notification_deliveries (channel, next_at) WHERE status = 'HELD';
CREATE INDEX notification_deliveries_handed ON notification_deliveries (next_at) WHERE status = 'HANDED';
CREATE INDEX notification_deliveries_under_way ON notification_deliveries (channel, fence) WHERE status = 'SENDING';
CREATE INDEX notification_deliveries_by_user ON notification_deliveries (user_id, id);
CREATE INDEX notification_deliveries_of_digest ON notification_deliveries (digest_id) WHERE digest_id IS NOT NULL;

CREATE TABLE notification_attempts (
    id          bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    delivery_id bigint      NOT NULL REFERENCES notification_deliveries ON DELETE CASCADE,
    number      integer     NOT NULL,
    started_at  timestamptz NOT NULL,
    took_ms     integer     NOT NULL,
    outcome     text        NOT NULL CHECK (outcome IN ('ACCEPTED', 'LATER', 'FAILED', 'REFUSED')),
    why         text        CHECK (length(why) <= 500)
);
CREATE INDEX notification_attempts_of ON notification_attempts (delivery_id, id);

-- Who sends on a channel. One node holds it for a while; the fence rises with each holder, and a write with an older one finds nothing.
CREATE TABLE notification_senders (
    channel    text        PRIMARY KEY,
    holder     text        NOT NULL DEFAULT '',
    fence      bigint      NOT NULL DEFAULT 0,
    held_until timestamptz NOT NULL DEFAULT '-infinity'
);
INSERT INTO notification_senders (channel) VALUES ('NTFY'), ('EMAIL'), ('SMS'), ('DISCORD'), ('TELEGRAM'), ('WEBHOOK'), ('WEBPUSH'), ('IN_APP');
