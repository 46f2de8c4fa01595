-- How far the resync of each listener has come, so that a restart or another instance goes on from there. PostgreSQL.
create table if not exists trigger_resync (
    listener    text        not null primary key,
    -- null: at the start, or ended
    page_cursor text,
    -- true: all ids are queried, without comparing
    everything  boolean     not null,
    started_at  timestamptz,
    -- null: not ended
    finished_at timestamptz
);
