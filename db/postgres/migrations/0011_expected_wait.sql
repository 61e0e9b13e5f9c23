-- What a caller's wait was expected to be when he joined a queue: beside `waited_ms` it grades the estimate.

alter table queue_entries add column expected_ms integer check (expected_ms >= 0);
create index queue_entries_graded on queue_entries (queue_id, ended_at desc)
  where outcome = 'answered' and expected_ms is not null;
