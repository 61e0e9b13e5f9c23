--[[
  Entries whose caller a gateway holds.

    KEYS    the book
    ARGV    1 gateway id

  Returns { entry as flat hash, … }
]]
-- @include book
local entries = {}
for _, id in ipairs(redis.call('SMEMBERS', held_key(ARGV[1]))) do
  entries[#entries + 1] = redis.call('HGETALL', entry_key(id))
end
return entries
