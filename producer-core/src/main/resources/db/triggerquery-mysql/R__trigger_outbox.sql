-- For MySQL from 8.0.13 and MariaDB from 10.6. Triggers that wait to be sent. They are deleted once Kafka has them. In a
-- business database they are inserted in the business transaction; in the database of the relay service other services
-- hand them over or register them. Several applications may share the table; each sends its own rows.
--
-- Times are UTC, whatever the time zone of a session. Names are compared by their bytes: 'a' is not 'A'.
create table if not exists trigger_outbox (
    id           bigint       not null auto_increment,
    -- the application that sends it; empty if the application has no name
    owner        varchar(255) character set utf8mb4 collate utf8mb4_bin not null default '',
    destination  varchar(255) character set utf8mb4 collate utf8mb4_bin not null,
    trigger_id   varchar(256) character set ascii collate ascii_bin not null,
    version      bigint,
    created_at   datetime(6)  not null default (utc_timestamp(6)),
    -- in the future if the row is leased to a relay, delayed, or registered and not activated
    due_at       datetime(6)  not null default (utc_timestamp(6)),
    generation   bigint       not null default 0,
    attempts     int          not null default 0,
    -- why the row is parked and waits for an operator; null if it is not parked
    parked       text character set utf8mb4 collate utf8mb4_bin,
    -- the service that handed the trigger over; null in a business database
    origin       varchar(255) character set utf8mb4 collate utf8mb4_bin,
    -- the id of the registration at that service; null if it was not registered
    registration char(36) character set ascii collate ascii_bin,
    -- the maximum run time of its transaction; null if it is activated or was not registered
    run_seconds  int,
    -- the number of sends without an activation
    fires        int          not null default 0,
    primary key (id),
    -- a relay claims the rows of a destination in the order of their due times
    key trigger_outbox_work (owner, destination, due_at, id),
    -- a registration is stored once, even if the call is repeated
    unique key trigger_outbox_registration (origin, registration)
) engine = InnoDB;
