create table bill (
    payment_id varchar(256) primary key
);
