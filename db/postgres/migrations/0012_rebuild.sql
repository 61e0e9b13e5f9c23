-- What an agent uses, so that his live record can be rebuilt; and contacts that a gateway has not ended.

alter table agent_events add column device text;
create index contacts_open on contacts (gateway_id) where ended_at is null;
