-- Tickets and their conversation. What links them to contacts comes with the contacts.

create sequence ticket_numbers start 10001;

create table tickets (
  id uuid primary key default gen_random_uuid(),
  number text not null constraint tickets_number unique default 'T-' || nextval('ticket_numbers'),
  subject text not null,
  state text not null check (state in ('draft', 'open', 'pending', 'solved', 'closed')),
  priority text not null check (priority in ('low', 'normal', 'high', 'urgent')),
  category text not null check (category in ('repair', 'exchange', 'inquiry', 'order', 'complaint', 'other')),
  channel text not null check (channel in ('voice', 'web', 'email')),
  customer_id uuid references customers,
  person_id uuid references people on delete set null,
  assignee_id uuid references users,
  due_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  version integer not null default 1
);
create index tickets_customer on tickets (customer_id, created_at desc);
create index tickets_assignee on tickets (assignee_id, state);
create index tickets_state on tickets (state, due_at);
create index tickets_created on tickets (created_at desc nulls last, id);
create index tickets_subject_search on tickets using gin (subject gin_trgm_ops);
create index tickets_number_search on tickets using gin (number gin_trgm_ops);

create table ticket_messages (
  id uuid primary key default gen_random_uuid(),
  ticket_id uuid not null references tickets on delete cascade,
  at timestamptz not null default now(),
  kind text not null check (kind in ('note', 'reply', 'event')),
  author_id uuid references users on delete set null,
  author_name text not null,
  text text not null
);
create index ticket_messages_ticket on ticket_messages (ticket_id, at);
