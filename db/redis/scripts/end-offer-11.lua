--[[
  Ends a live offer unaccepted, once: the entry waits again at its old place and the agent is idle at the end of the idle
  order, with another status if one is given. A device that failed is unproven. The entry remembers when he did not take it.

    KEYS    the book
    ARGV    1 offer id, 2 outcome, 3 now (ms), 4 status ('' keeps it), 5 reason ('' none)

  Returns the offer as flat hash | nil ended before
]]
-- @include book
-- @include agents
-- @include entries
local offer_id, outcome, now, status, reason = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5]
local offer = read_hash(offer_key(offer_id))
if not offer then return nil end
local flat = redis.call('HGETALL', offer_key(offer_id))
forget_offer(offer_id)
local key = entry_key(offer.entryId)
redis.call('HDEL', key, 'offerId')
redis.call('HSET', key, 'refused:' .. offer.agentId, now)
redis.call('ZADD', waiting_key(offer.queueId), redis.call('HGET', key, 'score'), offer.entryId)
stop_ringing(offer.agentId, offer_id, now, {
  status = status, reason = reason, device_failed = outcome == 'device_failed', keep_place = false,
})
return flat
