-- For H2 from 2.2.220, in any of its compatibility modes. Triggers that wait to be sent. They are deleted once Kafka has
-- them. In a business database they are inserted in the business transaction; in the database of the relay service other
-- services hand them over or register them. Several applications may share the table; each sends its own rows.
create table if not exists trigger_outbox (
    id           bigint generated always as identity primary key,
    -- the application that sends it; empty if the application has no name
    owner        varchar(255) default '' not null,
    destination  varchar(255) not null,
    trigger_id   varchar(256) not null,
    version      bigint,
    created_at   timestamp(6) with time zone default current_timestamp not null,
    -- in the future if the row is leased to a relay, delayed, or registered and not activated
    due_at       timestamp(6) with time zone default current_timestamp not null,
    generation   bigint default 0 not null,
    attempts     int default 0 not null,
    -- why the row is parked and waits for an operator; null if it is not parked
    parked       varchar(1000000),
    -- the service that handed the trigger over; null in a business database
    origin       varchar(255),
    -- the id of the registration at that service; null if it was not registered
    registration varchar(36),
    -- the maximum run time of its transaction; null if it is activated or was not registered
    run_seconds  int,
    -- the number of sends without an activation
    fires        int default 0 not null
);

-- a relay claims the rows of a destination in the order of their due times
create index if not exists trigger_outbox_work on trigger_outbox (owner, destination, due_at, id);

-- a registration is stored once, even if the call is repeated
create unique index if not exists trigger_outbox_registration on trigger_outbox (origin, registration);
