-- Run once, on a new data volume. Each service owns its database and cannot reach the other's.
create role billing login password 'billing';
create database billing owner billing;
revoke connect on database billing from public;

create role payment login password 'payment';
create database payment owner payment;
revoke connect on database payment from public;

create role relay login password 'relay';
create database relay owner relay;
revoke connect on database relay from public;
