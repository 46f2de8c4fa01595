-- How far the resync of each listener has come, so that a restart or another instance goes on from there.
-- MySQL and MariaDB.
create table if not exists trigger_resync (
    listener    varchar(256)  character set utf8mb4 collate utf8mb4_bin not null primary key,
    -- null: at the start, or ended
    page_cursor varchar(1000) character set utf8mb4 collate utf8mb4_bin,
    -- true: all ids are queried, without comparing
    everything  boolean       not null,
    -- in UTC
    started_at  datetime(6),
    -- null: not ended
    finished_at datetime(6)
) engine = InnoDB;
