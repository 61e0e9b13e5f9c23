--[[
  All entries of a queue in serving order, offered ones included.

    KEYS    the book
    ARGV    1 queue id

  Returns { entry as flat hash, … }
]]
-- @include book
local entries = {}
for _, id in ipairs(redis.call('ZRANGE', line_key(ARGV[1]), 0, -1)) do
  entries[#entries + 1] = redis.call('HGETALL', entry_key(id))
end
return entries
