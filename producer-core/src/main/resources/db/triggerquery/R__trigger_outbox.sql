-- Triggers that wait to be sent. Written in the business transaction, deleted once Kafka has them.
create table if not exists trigger_outbox (
    id          bigint generated always as identity primary key,
    destination text        not null,
    trigger_id  text        not null,
    version     bigint,
    created_at  timestamptz not null default now(),
    -- in the future: leased to a relay, or put off
    due_at      timestamptz not null default now(),
    generation  bigint      not null default 0,
    attempts    int         not null default 0,
    -- why it waits for an operator
    parked      text
)
-- every row is updated once and then deleted: room for the update, and an early clean-up
with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);

-- a relay claims by destination, what has been due longest first
create index if not exists trigger_outbox_due on trigger_outbox (destination, due_at, id) where parked is null;
