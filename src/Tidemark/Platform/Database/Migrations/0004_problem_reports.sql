-- What a page told us went wrong in somebody's browser.
CREATE TABLE problem_reports (
    id          bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    message     text        NOT NULL CHECK (length(message) BETWEEN 1 AND 2000),
    page        text        NOT NULL CHECK (length(page) <= 500),
    stack       text        CHECK (length(stack) <= 8000),
    request_id  text        CHECK (length(request_id) <= 64),
    caller      text        NOT NULL,
    reported_at timestamptz NOT NULL
);
CREATE INDEX problem_reports_by_age ON problem_reports (reported_at);
