create table billing (
    payment_id varchar(256) primary key,
    billed     boolean not null,
    bill_id    varchar(256),
    version    bigint not null
);
