--[[
  Gives up the lease of a trunk and forgets how its registration stands; nothing if another gateway has it.

    KEYS    1 the lease, 2 the registration
    ARGV    1 gateway

  Returns 1 if this gateway held it, else 0
]]
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
redis.call('DEL', KEYS[1], KEYS[2])
return 1
