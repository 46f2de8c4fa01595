-- The newest version applied of each id, written in the transaction that writes the projection. PostgreSQL.
create table if not exists trigger_projection (
    -- collate "C": the order of ids is the same everywhere, as in Java, and no update of a locale can change it
    projection text collate "C" not null,
    id         text collate "C" not null,
    -- -1: gone before any version was known
    version    bigint      not null check (version >= -1),
    -- true: a tombstone, which keeps older states from coming back
    deleted    boolean     not null,
    applied_at timestamptz not null,
    primary key (projection, id)
)
-- rows are updated in columns that no index covers: room for that within the page
with (fillfactor = 80);
