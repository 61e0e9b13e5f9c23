-- Takes an entry out of its queue and out of all lists.
local function forget_entry(entry)
  redis.call('ZREM', waiting_key(entry.queueId), entry.entryId)
  redis.call('ZREM', line_key(entry.queueId), entry.entryId)
  redis.call('SREM', held_key(entry.gatewayId), entry.entryId)
  if entry.forAgentId then redis.call('HDEL', direct_key(entry.forAgentId), entry.entryId) end
  redis.call('DEL', entry_key(entry.entryId))
end

local function forget_offer(offer_id)
  redis.call('ZREM', offers_key, offer_id)
  redis.call('DEL', offer_key(offer_id))
end
