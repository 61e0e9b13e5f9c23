-- People who sign in, their sessions, the installation's settings, and who changed what.

create extension if not exists pg_trgm;

create table users (
  id uuid primary key default gen_random_uuid(),
  login text not null,
  name text not null,
  role text not null check (role in ('agent', 'supervisor', 'admin')),
  password_hash text not null,
  language text not null default 'zh' check (language in ('zh', 'en')),
  theme text not null default 'system' check (theme in ('system', 'light', 'dark')),
  time_zone text,
  active boolean not null default true,
  extension text constraint users_extension unique check (extension ~ '^[0-9]{3,6}$'),
  -- H(extension:ringdown:password) for digest authentication of the user's own phone (RFC 7616); the password is not kept.
  sip_ha1_md5 text,
  sip_ha1_sha256 text,
  created_at timestamptz not null default now(),
  check ((sip_ha1_md5 is null) = (sip_ha1_sha256 is null)),
  check (sip_ha1_md5 is null or extension is not null)
);
create unique index users_login on users (lower(login));

create table sessions (
  -- SHA-256 of the cookie's token: who reads the table cannot sign in with it.
  token_hash text primary key,
  user_id uuid not null references users on delete cascade,
  csrf_token text not null,
  user_agent text not null default '',
  created_at timestamptz not null default now(),
  expires_at timestamptz not null
);
create index sessions_user on sessions (user_id);
create index sessions_expiry on sessions (expires_at);

create table settings (
  key text primary key,
  value jsonb not null,
  changed_at timestamptz not null default now()
);

create table audit_log (
  id bigint generated always as identity primary key,
  at timestamptz not null default now(),
  user_id uuid references users on delete set null,
  action text not null,
  subject_id text,
  details jsonb not null default '{}'
);
create index audit_log_at on audit_log (at desc);
create index audit_log_subject on audit_log (subject_id, at desc);

-- For tables in which rows are only ever added.
create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name using errcode = 'integrity_constraint_violation';
end $$;
create trigger audit_log_append_only before update or delete on audit_log
  for each statement execute function refuse_change();
