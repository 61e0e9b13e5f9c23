--[[
  Live offers past their deadline, the oldest first, at most 100.

    KEYS    the book
    ARGV    1 now (ms)

  Returns { offer as flat hash, … }
]]
-- @include book
local offers = {}
for _, id in ipairs(redis.call('ZRANGEBYSCORE', offers_key, '-inf', ARGV[1], 'LIMIT', 0, 100)) do
  offers[#offers + 1] = redis.call('HGETALL', offer_key(id))
end
return offers
