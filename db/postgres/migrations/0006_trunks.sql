-- Who may call in: carriers and PBXs known by their addresses, or accounts that we register at a registrar.

create table trunks (
  id uuid primary key default gen_random_uuid(),
  name text not null check (name <> ''),
  enabled boolean not null default true,
  kind text not null check (kind in ('address', 'registration')),
  default_country text not null check (default_country ~ '^[A-Z]{2}$'),
  -- Called numbers it carries; none means any.
  numbers text[] not null default '{}',
  max_calls integer check (max_calls > 0),
  addresses cidr[] check (cardinality(addresses) > 0),
  registrar text,
  transport text check (transport in ('udp', 'tcp')),
  username text,
  auth_user text,
  expires_s integer check (expires_s between 60 and 86400),
  -- AES-256-GCM, bound to the id of its row; the key is derived from the installation's session secret.
  password_sealed text,
  -- User part of the Contact we register: whoever calls it was told by the registrar.
  contact_user text not null default replace(gen_random_uuid()::text, '-', '') constraint trunks_contact_user unique,
  check ((kind = 'address') = (addresses is not null)),
  check (kind = 'registration' or password_sealed is null),
  check ((kind = 'registration') = (registrar is not null)),
  check ((registrar is null) = (username is null)),
  check ((registrar is null) = (transport is null)),
  check ((registrar is null) = (expires_s is null))
);
create unique index trunks_name on trunks (lower(name));

-- An installation from before trunks took calls from everywhere, and goes on to do so until its administrator decides.
insert into trunks (name, kind, default_country, addresses)
select 'Anyone', 'address', coalesce((select value #>> '{}' from settings where key = 'defaultCountry'), 'CN'),
  '{0.0.0.0/0,::/0}'
where exists (select from settings);
