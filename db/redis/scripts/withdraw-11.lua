--[[
  Takes a waiting or offered entry out of its queue. An offer of it ends: the agent is idle again at his old place.

    KEYS    the book
    ARGV    1 entry id, 2 now (ms)

  Returns nil not waiting | { entry as flat hash, its offer as flat hash (empty: none) }
]]
-- @include book
-- @include agents
-- @include entries
local entry_id, now = ARGV[1], ARGV[2]
local flat = redis.call('HGETALL', entry_key(entry_id))
if #flat == 0 then return nil end
local entry = read_hash(entry_key(entry_id))
local offer_flat = {}
if entry.offerId then
  offer_flat = redis.call('HGETALL', offer_key(entry.offerId))
  stop_ringing(redis.call('HGET', offer_key(entry.offerId), 'agentId'), entry.offerId, now, { keep_place = true })
  forget_offer(entry.offerId)
end
forget_entry(entry)
return { flat, offer_flat }
