--[[
  Entries of a queue that wait and are not offered, in serving order.

    KEYS    the book
    ARGV    1 queue id, 2 index of the last one (-1: all)

  Returns { entry as flat hash, … }
]]
-- @include book
local entries = {}
for _, id in ipairs(redis.call('ZRANGE', waiting_key(ARGV[1]), 0, ARGV[2])) do
  entries[#entries + 1] = redis.call('HGETALL', entry_key(id))
end
return entries
