--[[
  Takes or prolongs the lease of a trunk, unless another gateway has it.

    KEYS    1 the lease
    ARGV    1 gateway, 2 how long (ms)

  Returns 1 if this gateway holds it now, else 0
]]
local holder = redis.call('GET', KEYS[1])
if holder and holder ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 1
