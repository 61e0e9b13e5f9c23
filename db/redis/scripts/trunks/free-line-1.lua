--[[
  Gives back a line; nothing if the gateway was taken for dead and all its lines are free already.

    KEYS    1 the lines of this gateway
    ARGV    1 trunk

  Returns the lines it still has
]]
local left = redis.call('HINCRBY', KEYS[1], ARGV[1], -1)
if left <= 0 then redis.call('HDEL', KEYS[1], ARGV[1]) end
return math.max(left, 0)
