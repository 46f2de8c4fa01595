-- Triggers that wait to be sent. They are deleted once Kafka has them. In a business database they are inserted in the
-- business transaction; in the database of the relay service other services hand them over or register them. Several
-- applications may share the table; each sends its own rows.
create table if not exists trigger_outbox (
    id          bigint generated always as identity primary key,
    destination text        not null,
    trigger_id  text        not null,
    created_at  timestamptz not null default now()
)
-- each row is updated once and then deleted: leave space for the update, and vacuum early
with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);

-- each column separately, so that the table of an earlier version gets the same columns
alter table trigger_outbox
    add column if not exists version      bigint,
    -- the application that sends it; empty in a row of an earlier version, until an application takes it over
    add column if not exists owner        text        not null default '',
    -- in the future if the row is leased to a relay, delayed, or registered and not activated
    add column if not exists due_at       timestamptz not null default now(),
    add column if not exists generation   bigint      not null default 0,
    add column if not exists attempts     int         not null default 0,
    -- why the row is parked and waits for an operator; null if it is not parked
    add column if not exists parked       text,
    -- the service that handed the trigger over; null in a business database
    add column if not exists origin       text,
    -- the id of the registration at that service; null if it was not registered
    add column if not exists registration uuid,
    -- the maximum run time of its transaction; null if it is activated or was not registered
    add column if not exists run_seconds  int,
    -- the number of sends without an activation
    add column if not exists fires        int         not null default 0;

drop index if exists trigger_outbox_claim;
alter table trigger_outbox drop column if exists claimed_until;

-- a relay claims the rows of a destination in the order of their due times
drop index if exists trigger_outbox_due;
create index if not exists trigger_outbox_work on trigger_outbox (owner, destination, due_at, id) where parked is null;

-- a registration is stored once, even if the call is repeated
create unique index if not exists trigger_outbox_registration on trigger_outbox (origin, registration)
    where registration is not null;
