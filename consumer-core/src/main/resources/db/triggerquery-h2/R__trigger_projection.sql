-- The newest version applied of each id, written in the transaction that writes the projection. H2.
create table if not exists trigger_projection (
    projection varchar(256) not null,
    id         varchar(256) not null,
    -- -1: gone before any version was known
    version    bigint       not null check (version >= -1),
    -- true: a tombstone, which keeps older states from coming back
    deleted    boolean      not null,
    applied_at timestamp with time zone not null,
    primary key (projection, id)
);
