--[[
  Forgets an agent if nobody changed him since he was read.

    KEYS    the book
    ARGV    1 agent id, 2 version read

  Returns 1 forgotten | 0 stale
]]
-- @include book
-- @include agents
local key = agent_key(ARGV[1])
local agent = read_hash(key)
if not agent or agent.version ~= ARGV[2] then return 0 end
leave_ready(agent)
redis.call('DEL', key)
redis.call('SREM', agents_key, ARGV[1])
return 1
