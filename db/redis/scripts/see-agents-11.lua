--[[
  Notes that the pages of these agents are there. Not a change of the record: the version stays.

    KEYS    the book
    ARGV    1 now (ms), then agent ids

  Returns the number of agents seen
]]
-- @include book
local seen = 0
for i = 2, #ARGV do
  local key = agent_key(ARGV[i])
  if redis.call('HEXISTS', key, 'signedInAt') == 1 then
    redis.call('HSET', key, 'seenAt', ARGV[1])
    seen = seen + 1
  end
end
return seen
