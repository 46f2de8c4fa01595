create table payment (
    id         text primary key,
    payer      text not null,
    amount     numeric(19, 2) not null check (amount > 0),
    currency   text not null,
    created_at timestamptz not null,
    version    bigint not null
);

create index payment_newest on payment (created_at desc, id desc);

-- What the billing service said of each payment. There is no reference to payment: a projection takes what it is
-- told in any order, and must not fail because something else has not arrived.
create table payment_billing (
    payment_id text primary key,
    billed     boolean not null,
    bill_id    text,
    billed_at  timestamptz,
    amount     numeric(19, 2) not null,
    currency   text not null,
    version    bigint not null,
    applied_at timestamptz not null
);

create index payment_billing_billed on payment_billing (payment_id) where billed;
