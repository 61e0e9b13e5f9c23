-- Where calls go: skills, queues and their members, dispositions, IVR flows and the numbers that lead to them.
-- Names that users of both languages read are jsonb {"zh": …, "en": …}.

create table skills (
  id uuid primary key default gen_random_uuid(),
  name jsonb not null check (name ? 'zh' and name ? 'en')
);

create table agent_skills (
  user_id uuid not null references users on delete cascade,
  skill_id uuid not null references skills on delete cascade,
  level smallint not null check (level between 1 and 5),
  primary key (user_id, skill_id)
);

create table queues (
  id uuid primary key default gen_random_uuid(),
  key text not null constraint queues_key unique check (key ~ '^[a-z][a-z0-9-]{0,39}$'),
  name jsonb not null check (name ? 'zh' and name ? 'en'),
  strategy text not null check (strategy in ('longest_idle', 'most_skilled')),
  offer_ms integer not null check (offer_ms between 1000 and 120000),
  wrap_up_ms integer not null check (wrap_up_ms between 0 and 3600000),
  max_wait_ms integer check (max_wait_ms >= 0),
  short_abandon_ms integer not null check (short_abandon_ms >= 0),
  service_level_ms integer not null check (service_level_ms >= 0),
  service_level_target double precision not null check (service_level_target between 0 and 1),
  announce_every_ms integer check (announce_every_ms >= 0),
  music text not null,
  survey boolean not null
);

create table queue_skills (
  queue_id uuid not null references queues on delete cascade,
  skill_id uuid not null references skills on delete cascade,
  level smallint not null check (level between 1 and 5),
  primary key (queue_id, skill_id)
);

create table queue_members (
  queue_id uuid not null references queues on delete cascade,
  user_id uuid not null references users on delete cascade,
  primary key (queue_id, user_id)
);
create index queue_members_user on queue_members (user_id);

create table dispositions (
  key text primary key check (key ~ '^[a-z][a-z0-9_]{0,39}$'),
  name jsonb not null check (name ? 'zh' and name ? 'en'),
  position integer not null
);

create table flows (
  id uuid primary key default gen_random_uuid(),
  name text not null
);

-- Published versions; the highest one takes new calls, calls under way finish on theirs.
create table flow_versions (
  flow_id uuid not null references flows on delete cascade,
  version integer not null check (version > 0),
  flow jsonb not null,
  published_at timestamptz not null default now(),
  published_by uuid references users on delete set null,
  primary key (flow_id, version)
);

-- The called number (user part of the request URI, or E.164) decides the flow.
create table inbound_numbers (
  number text primary key,
  flow_id uuid not null references flows
);
create index inbound_numbers_flow on inbound_numbers (flow_id);
