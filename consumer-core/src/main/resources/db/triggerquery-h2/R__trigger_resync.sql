-- How far the resync of each listener has come, so that a restart or another instance goes on from there. H2.
create table if not exists trigger_resync (
    listener    varchar(256) not null primary key,
    -- null: at the start, or ended
    page_cursor varchar(1000),
    -- true: all ids are queried, without comparing
    everything  boolean      not null,
    started_at  timestamp with time zone,
    -- null: not ended
    finished_at timestamp with time zone
);
