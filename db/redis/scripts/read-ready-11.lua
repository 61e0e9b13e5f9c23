--[[
  Routable members of a queue, longest available first.

    KEYS    the book
    ARGV    1 queue id

  Returns { agent as flat hash, … }
]]
-- @include book
local agents = {}
for _, id in ipairs(redis.call('ZRANGE', ready_key(ARGV[1]), 0, -1)) do
  agents[#agents + 1] = redis.call('HGETALL', agent_key(id))
end
return agents
