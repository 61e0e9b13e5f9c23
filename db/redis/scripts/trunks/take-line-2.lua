--[[
  Takes one of a trunk's lines for a call of this gateway, if the calls of all gateways leave one.

    KEYS    1 the gateways, 2 prefix of their lines
    ARGV    1 trunk, 2 gateway, 3 lines there are

  Returns 1 if it was taken, else 0
]]
local trunk, own = ARGV[1], ARGV[2]
local taken = tonumber(redis.call('HGET', KEYS[2] .. own, trunk) or 0)
for _, gateway in ipairs(redis.call('ZRANGE', KEYS[1], 0, -1)) do
  if gateway ~= own then taken = taken + tonumber(redis.call('HGET', KEYS[2] .. gateway, trunk) or 0) end
end
if taken >= tonumber(ARGV[3]) then return 0 end
redis.call('HINCRBY', KEYS[2] .. own, trunk, 1)
return 1
