-- The newest version applied of each id, written in the transaction that writes the projection. MySQL and MariaDB.
create table if not exists trigger_projection (
    -- bytes of UTF-8: no collation takes 'a' for 'A' or ignores trailing spaces
    projection varbinary(256) not null,
    id         varbinary(256) not null,
    -- -1: gone before any version was known
    version    bigint         not null check (version >= -1),
    -- true: a tombstone, which keeps older states from coming back
    deleted    boolean        not null,
    -- in UTC
    applied_at datetime(6)    not null,
    -- the call that wrote the row last, which finds its rows by it
    admission  bigint         not null,
    primary key (projection, id)
) engine = InnoDB;
