-- Agents for whom an entry waits by name.
local function each_wanted(entry, visit)
  if entry.forAgentId then visit(entry.forAgentId) end
  if entry.preferredId then visit(entry.preferredId) end
end

-- Takes an entry out of its queue and out of all lists.
local function forget_entry(entry)
  redis.call('ZREM', waiting_key(entry.queueId), entry.entryId)
  redis.call('ZREM', line_key(entry.queueId), entry.entryId)
  redis.call('SREM', held_key(entry.gatewayId), entry.entryId)
  each_wanted(entry, function(agent_id) redis.call('HDEL', direct_key(agent_id), entry.entryId) end)
  redis.call('DEL', entry_key(entry.entryId))
end

local function forget_offer(offer_id)
  redis.call('ZREM', offers_key, offer_id)
  redis.call('DEL', offer_key(offer_id))
end
