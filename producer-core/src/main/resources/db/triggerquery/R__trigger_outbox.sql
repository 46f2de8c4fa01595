-- Triggers that wait to be sent, deleted once Kafka has them. In a business database they are written in the business
-- transaction; in the relay service's they are handed over or registered by other services. Several applications may
-- share the table: each works its own rows.
create table if not exists trigger_outbox (
    id          bigint generated always as identity primary key,
    destination text        not null,
    trigger_id  text        not null,
    created_at  timestamptz not null default now()
)
-- every row is updated once and then deleted: room for the update, and an early clean-up
with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);

-- one by one, so that a table of an earlier version becomes the same
alter table trigger_outbox
    add column if not exists version      bigint,
    -- the application that sends it; empty in a row of an earlier version, until an application takes it over
    add column if not exists owner        text        not null default '',
    -- in the future: leased to a relay, put off, or registered and not activated
    add column if not exists due_at       timestamptz not null default now(),
    add column if not exists generation   bigint      not null default 0,
    add column if not exists attempts     int         not null default 0,
    -- why it waits for an operator
    add column if not exists parked       text,
    -- the service that handed it over; null in a business database
    add column if not exists origin       text,
    -- what that service calls it; null unless it was registered
    add column if not exists registration uuid,
    -- how long its transaction may run; null once it is activated, or if it never had to be
    add column if not exists run_seconds  int,
    -- how often it was sent without having been activated
    add column if not exists fires        int         not null default 0;

drop index if exists trigger_outbox_claim;
alter table trigger_outbox drop column if exists claimed_until;

-- a relay claims by destination, what has been due longest first
drop index if exists trigger_outbox_due;
create index if not exists trigger_outbox_work on trigger_outbox (owner, destination, due_at, id) where parked is null;

-- a registration is made once, however often it is asked for
create unique index if not exists trigger_outbox_registration on trigger_outbox (origin, registration)
    where registration is not null;
