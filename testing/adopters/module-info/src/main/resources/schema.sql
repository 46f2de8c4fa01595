create table if not exists billing (
    payment_id varchar(256) primary key,
    bill_id varchar(256),
    version bigint not null
);
