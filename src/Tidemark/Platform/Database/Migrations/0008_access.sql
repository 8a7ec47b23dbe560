-- What is counted a day, in UTC. The row carries the limit it was counted against, and the check keeps it.
CREATE TABLE entitlement_use (
    user_id     bigint  NOT NULL REFERENCES users ON DELETE CASCADE,
    entitlement text    NOT NULL,
    day         date    NOT NULL,
    used        integer NOT NULL CHECK (used >= 0),
    most        integer CHECK (used <= most),
    PRIMARY KEY (user_id, entitlement, day)
);
CREATE INDEX entitlement_use_by_day ON entitlement_use (day);

-- What is held: each thing takes a numbered place, and a plan with n places has the numbers 1 to n.
CREATE TABLE entitlement_places (
    user_id     bigint      NOT NULL REFERENCES users ON DELETE CASCADE,
    entitlement text        NOT NULL,
    place       integer     NOT NULL CHECK (place > 0),
    item        text        NOT NULL CHECK (length(item) BETWEEN 1 AND 200),
    taken_at    timestamptz NOT NULL,
    PRIMARY KEY (user_id, entitlement, place),
    UNIQUE (user_id, entitlement, item)
);
