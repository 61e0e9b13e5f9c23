--[[
  A contact begins to wait. Doing it twice changes nothing.

    KEYS    the book
    ARGV    1 score, then field, value, … of the entry

  Returns 1 waits | 0 waited already
]]
-- @include book
-- @include entries
local entry = {}
for i = 2, #ARGV, 2 do entry[ARGV[i]] = ARGV[i + 1] end
local key = entry_key(entry.entryId)
if redis.call('EXISTS', key) == 1 then return 0 end
redis.call('HSET', key, 'score', ARGV[1], unpack(ARGV, 2))
redis.call('ZADD', waiting_key(entry.queueId), ARGV[1], entry.entryId)
redis.call('ZADD', line_key(entry.queueId), ARGV[1], entry.entryId)
redis.call('SADD', held_key(entry.gatewayId), entry.entryId)
each_wanted(entry, function(agent_id) redis.call('HSET', direct_key(agent_id), entry.entryId, entry.queueId) end)
return 1
