-- Why a contact went where it went: kept 30 days. Candidates as [agent, verdict, detail, part of the score, …], others
-- as counts by verdict.

create table routing_decisions (
  contact_id uuid not null,
  entry_id uuid not null,
  at timestamptz not null,
  queue_id uuid not null,
  strategy text not null,
  waited_ms integer not null,
  priority integer not null,
  agent_id uuid,
  offer_id uuid,
  candidates jsonb not null,
  others jsonb not null,
  primary key (contact_id, entry_id, at)
);
create index routing_decisions_at on routing_decisions using brin (at);
