create table thing (thing_id varchar(99) primary key, version bigint not null, name varchar(99));
