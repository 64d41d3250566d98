-- A database with an object of each kind that is compared, and rows in it.
create schema billing;
create type mood as enum ('sad', 'ok', 'it''s fine');
create domain cents as bigint check (value >= 0);
create table alembic_version (version_num varchar(32) not null primary key);
insert into alembic_version values ('6f7a8b9c0d1e');
create table accounts (
  id bigint generated always as identity primary key,
  name text not null unique,
  feeling mood default 'ok',
  balance cents default 0,
  rate double precision,
  seen timestamptz default now(),
  "Odd name" jsonb,
  doubled bigint generated always as (balance * 2) stored
);
insert into accounts (name, balance, rate, "Odd name")
  select 'account ' || n, n, sqrt(n), jsonb_build_object('n', n) from generate_series(1, 500) n;
create table billing.invoices (
  id uuid default gen_random_uuid(),
  account bigint references accounts (id) on delete cascade,
  "signalbox" bytea,
  issued date not null,
  primary key (id, issued)
) partition by range (issued);
create table billing.invoices_2025 partition of billing.invoices for values from ('2025-01-01') to ('2026-01-01');
create table billing.invoices_2026 partition of billing.invoices for values from ('2026-01-01') to ('2027-01-01');
insert into billing.invoices (account, "signalbox", issued)
  select n, decode(md5(n::text), 'hex'), date '2025-06-01' + n from generate_series(1, 400) n;
create index on billing.invoices (issued);
create index open_accounts on accounts (name) where feeling in ('sad', 'ok');
create view rich as select * from accounts where balance > 100;
create materialized view totals as select count(*) as n from accounts;
create sequence tickets;
create function greet(who text) returns text language sql as $$ select 'hello ' || who $$;
create function touch() returns trigger language plpgsql as $$ begin new.seen = now(); return new; end $$;
create trigger touched before update on accounts for each row execute function touch();
alter table accounts enable row level security;
create policy everybody on accounts using (true);
create table nothing ();
insert into nothing default values;
