--[[
  Saves an agent if nobody changed him since he was read, and keeps the ready index in step.

    KEYS    the book
    ARGV    1 agent id, 2 version read (0: nobody was there), then field, value, … of the whole record

  Returns the new version | 0 stale
]]
-- @include book
-- @include agents
local id, version = ARGV[1], ARGV[2]
local key = agent_key(id)
local before = read_hash(key)
if (before and before.version or '0') ~= version then return 0 end
if before then leave_ready(before) end
redis.call('DEL', key)
redis.call('HSET', key, 'agentId', id, unpack(ARGV, 3))
local seen_before = before and before.signedInAt and before.seenAt
if seen_before and tonumber(seen_before) > tonumber(redis.call('HGET', key, 'seenAt') or seen_before) then
  redis.call('HSET', key, 'seenAt', seen_before)
end
redis.call('HSET', key, 'version', version + 1)
redis.call('SADD', agents_key, id)
index_ready(read_hash(key))
return version + 1
