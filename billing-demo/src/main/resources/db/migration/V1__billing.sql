create table bill (
    id        text primary key,
    month     text not null,
    issued_at timestamptz not null,
    voided_at timestamptz
);

create table billing (
    payment_id      text primary key,
    payer           text not null,
    amount          numeric(19, 2) not null,
    currency        text not null,
    payment_version bigint not null,
    billed          boolean not null,
    bill_id         text references bill (id),
    billed_at       timestamptz,
    version         bigint not null,
    check (billed = (bill_id is not null) and billed = (billed_at is not null))
);

-- issuing reads what is unbilled, voiding reads one bill
create index billing_unbilled on billing (payment_id) where not billed;
create index billing_bill on billing (bill_id) where billed;
