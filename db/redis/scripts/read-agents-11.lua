--[[
  All agents, signed out ones too.

    KEYS    the book

  Returns { agent as flat hash, … }
]]
-- @include book
local agents = {}
for _, id in ipairs(redis.call('SMEMBERS', agents_key)) do
  agents[#agents + 1] = redis.call('HGETALL', agent_key(id))
end
return agents
