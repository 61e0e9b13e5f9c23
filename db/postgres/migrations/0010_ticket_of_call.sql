-- A call leaves one ticket, however many agents wrap it up; links to other calls stand in ticket_contacts.

alter table tickets add column call_id uuid constraint tickets_call unique references contacts;

update tickets t set call_id = first.contact_id
from (
  select distinct on (l.contact_id) l.contact_id, l.ticket_id
  from ticket_contacts l
  join tickets linked on linked.id = l.ticket_id
  join contacts c on c.id = l.contact_id
  where linked.channel = 'voice' and linked.created_at >= c.started_at
  order by l.contact_id, linked.created_at, linked.id
) first
where first.ticket_id = t.id;

-- What the agent of this part of the call took it for.
alter table segments add column category text check (
  category in ('repair', 'exchange', 'inquiry', 'order', 'complaint', 'other')
);
