-- Triggers that wait to be sent. Written in the business transaction, deleted once Kafka has them.
create table if not exists trigger_outbox (
    id            bigint generated always as identity primary key,
    destination   text        not null,
    trigger_id    text        not null,
    created_at    timestamptz not null default now(),
    -- null: nobody works on it; in the future: leased to a relay, or put off
    claimed_until timestamptz
)
-- every row is updated once and then deleted: room for the update, and an early clean-up
with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);

-- a relay claims by destination, oldest first
create index if not exists trigger_outbox_claim on trigger_outbox (destination, id);
