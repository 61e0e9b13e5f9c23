-- More ways to choose the agent, and what is asked of him as the caller waits. `steps` is the list of the queue's rules.

alter table queues drop constraint queues_strategy_check;
alter table queues add constraint queues_strategy_check check (strategy in (
  'longest_idle', 'most_skilled', 'least_recent', 'fewest_calls', 'round_robin', 'linear', 'weighted_random'
));
alter table queues
  add column preferred_skills uuid[] not null default '{}',
  add column member_order uuid[] not null default '{}',
  add column steps jsonb not null default '[]',
  add column weight smallint not null default 0 check (weight between 0 and 10),
  add column prefer_last_agent_ms integer check (prefer_last_agent_ms >= 0);
