-- The ledger of contacts and what is folded from it. `contact_events` is the truth; contacts, queue_entries, segments,
-- recordings and surveys can be deleted and folded again from it.

create table contacts (
  id uuid primary key,
  direction text not null check (direction in ('inbound', 'internal')),
  caller text not null,
  caller_name text,
  -- The caller in E.164, where the caller's address is a phone number.
  number text,
  place jsonb,
  dialled text not null,
  sip_call_id text not null,
  gateway_id text not null,
  started_at timestamptz not null,
  ended_at timestamptz,
  language text check (language in ('zh', 'en')),
  flow_id uuid,
  flow_version integer,
  match jsonb not null default '{"kind": "none"}',
  code text,
  customer_id uuid references customers,
  person_id uuid references people on delete set null,
  -- The last queue entry and the last segment, for lists.
  queue_id uuid references queues,
  outcome text,
  waited_ms integer,
  agent_id uuid references users,
  -- With agents, hold included, over all segments.
  talk_ms integer,
  disposition text,
  notes text not null default '',
  ended_by text,
  end_reason text,
  check ((ended_at is null) = (ended_by is null) and (ended_by is null) = (end_reason is null))
);
-- As pages ask for them: nulls last, id for a stable order.
create index contacts_started on contacts (started_at desc nulls last, id);
create index contacts_customer on contacts (customer_id, started_at desc);
create index contacts_number on contacts (number, started_at desc);
create index contacts_sip_call_id on contacts (sip_call_id);
create index contacts_outcome on contacts (outcome, started_at desc);
create index contacts_caller_search on contacts using gin (caller gin_trgm_ops);
create index contacts_number_search on contacts using gin (number gin_trgm_ops);

create table contact_events (
  contact_id uuid not null references contacts,
  seq integer not null check (seq > 0),
  event_id uuid not null constraint contact_events_event unique,
  at timestamptz not null,
  type text not null,
  data jsonb not null,
  primary key (contact_id, seq)
);
-- Balances count what entered a queue in the ledger itself.
create index contact_events_queue_entered on contact_events ((data ->> 'queueId'), at) where type = 'queue_entered';
create trigger contact_events_append_only before update or delete on contact_events
  for each statement execute function refuse_change();

create table queue_entries (
  id uuid primary key,
  contact_id uuid not null references contacts,
  queue_id uuid not null references queues,
  arrived_at timestamptz not null,
  entered_at timestamptz not null,
  priority integer not null,
  offers integer not null default 0,
  ended_at timestamptz,
  outcome text check (outcome in (
    'answered', 'abandoned', 'short_abandoned', 'timed_out', 'left_by_key', 'callback_requested', 'overflowed',
    'no_agents', 'withdrawn', 'system_error'
  )),
  waited_ms integer check (waited_ms >= 0),
  agent_id uuid references users,
  check ((outcome is null) = (ended_at is null) and (outcome is null) = (waited_ms is null)),
  check (outcome is distinct from 'answered' or agent_id is not null)
);
create index queue_entries_contact on queue_entries (contact_id);
create index queue_entries_queue on queue_entries (queue_id, entered_at);
create index queue_entries_waiting on queue_entries (queue_id, entered_at) where outcome is null;
create index queue_entries_agent on queue_entries (agent_id, ended_at) where agent_id is not null;

-- A queue entry ends exactly once.
create function keep_outcome() returns trigger language plpgsql as $$
begin
  raise exception 'queue entry % has ended as % already', old.id, old.outcome
    using errcode = 'integrity_constraint_violation';
end $$;
create trigger queue_entries_end_once before update on queue_entries
  for each row when (old.outcome is not null and old is distinct from new) execute function keep_outcome();

create table segments (
  id uuid primary key,
  contact_id uuid not null references contacts,
  agent_id uuid not null references users,
  queue_id uuid references queues,
  entry_id uuid references queue_entries deferrable initially deferred,
  started_at timestamptz not null,
  ended_at timestamptz,
  held_at timestamptz,
  held_ms integer not null default 0,
  ended_by text,
  reason text,
  transferred_to jsonb,
  wrap_up_started_at timestamptz,
  wrap_up_ended_at timestamptz,
  wrap_up_ended_by text,
  disposition text,
  check ((ended_at is null) = (ended_by is null) and (ended_by is null) = (reason is null))
);
create index segments_contact on segments (contact_id);
create index segments_agent on segments (agent_id, started_at desc);
create index segments_queue on segments (queue_id, started_at);

create table recordings (
  id uuid primary key,
  contact_id uuid not null references contacts,
  segment_id uuid not null references segments deferrable initially deferred,
  -- Below the folder of recordings.
  path text not null,
  started_at timestamptz not null,
  ended_at timestamptz,
  duration_ms integer not null default 0,
  bytes bigint not null default 0,
  sha256 text,
  failed boolean not null default false
);
create index recordings_contact on recordings (contact_id);

-- Not folded from events: measured from the file once, after the call. Its row makes a recording ready.
create table recording_peaks (
  recording_id uuid primary key references recordings deferrable initially deferred,
  left_peaks jsonb not null,
  right_peaks jsonb not null
);

create table ticket_contacts (
  ticket_id uuid not null references tickets on delete cascade,
  contact_id uuid not null references contacts,
  linked_at timestamptz not null default now(),
  primary key (ticket_id, contact_id)
);
create index ticket_contacts_contact on ticket_contacts (contact_id);

create table surveys (
  id uuid primary key,
  contact_id uuid not null references contacts,
  segment_id uuid references segments deferrable initially deferred,
  agent_id uuid references users,
  queue_id uuid references queues,
  ticket_id uuid references tickets on delete set null,
  trigger text not null check (trigger in ('after_call', 'agent')),
  sent_at timestamptz not null,
  csat smallint check (csat between 1 and 5),
  nps smallint check (nps between 0 and 10),
  answered_at timestamptz
);
create index surveys_contact on surveys (contact_id);
create index surveys_queue on surveys (queue_id, sent_at);
create index surveys_agent on surveys (agent_id, sent_at);
create index surveys_ticket on surveys (ticket_id);

-- The SIP messages of a call, kept apart because they are read seldom.
create table sip_ladders (
  contact_id uuid primary key references contacts,
  messages jsonb not null
);

-- What agents did, second by second; contact_id without a foreign key, so that no order between the two logs is needed.
create table agent_events (
  event_id uuid primary key,
  agent_id uuid not null references users,
  at timestamptz not null,
  type text not null,
  state text not null,
  previous text,
  contact_id uuid,
  by_party text not null,
  by_user_id uuid
);
create index agent_events_agent on agent_events (agent_id, at);
create trigger agent_events_append_only before update or delete on agent_events
  for each statement execute function refuse_change();

-- What must still be told to the rest of the system: written with the change itself, relayed at least once.
create table outbox (
  id bigint generated always as identity primary key,
  message jsonb not null,
  created_at timestamptz not null default now(),
  relayed_at timestamptz
);
create index outbox_waiting on outbox (id) where relayed_at is null;
create index outbox_relayed on outbox (relayed_at) where relayed_at is not null;

create function notify_outbox() returns trigger language plpgsql as $$
begin
  notify outbox;
  return null;
end $$;
create trigger outbox_wakes_relay after insert on outbox for each statement execute function notify_outbox();
