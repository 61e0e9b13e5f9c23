-- Whom we talk to: companies, their people, and the numbers that people call from.

create sequence customer_codes start 200001;

create table customers (
  id uuid primary key default gen_random_uuid(),
  code text not null constraint customers_code unique check (code ~ '^[0-9]{4,10}$'),
  name text not null,
  grade text not null check (grade in ('A', 'B', 'C', 'D')),
  industry text,
  address text,
  language text not null check (language in ('zh', 'en')),
  preferences text not null default '',
  notes text not null default '',
  tags text[] not null default '{}',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  version integer not null default 1
);
create index customers_name_search on customers using gin (name gin_trgm_ops);
create index customers_code_search on customers using gin (code gin_trgm_ops);
create index customers_name on customers (name, id);

create table people (
  id uuid primary key default gen_random_uuid(),
  customer_id uuid not null references customers on delete cascade,
  name text not null,
  title text,
  email text,
  language text not null check (language in ('zh', 'en')),
  notes text not null default '',
  created_at timestamptz not null default now()
);
create index people_customer on people (customer_id);
create index people_name_search on people using gin (name gin_trgm_ops);

-- E.164; several people may share one number.
create table phone_numbers (
  person_id uuid not null references people on delete cascade,
  number text not null check (number ~ '^\+[1-9][0-9]{4,14}$'),
  position smallint not null,
  primary key (person_id, number)
);
create index phone_numbers_number on phone_numbers (number);
create index phone_numbers_search on phone_numbers using gin (number gin_trgm_ops);
