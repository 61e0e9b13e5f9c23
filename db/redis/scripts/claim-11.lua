--[[
  Offers a waiting entry to a routable agent: the one step that must never happen twice. A refusal also takes what does
  not wait or is not ready out of the lists, so that nobody tries it for ever.

    KEYS    the book
    ARGV    1 offer id, 2 entry id, 3 contact id, 4 queue id, 5 agent id, 6 gateway id, 7 offered at, 8 expires at (ms)

  Returns the agent as flat hash | 'entry_not_waiting' | 'agent_not_ready'
]]
-- @include book
-- @include agents
local offer_id, entry_id, contact_id, queue_id, agent_id = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5]
local entry = read_hash(entry_key(entry_id))
if not entry or entry.offerId or entry.queueId ~= queue_id then
  redis.call('ZREM', waiting_key(queue_id), entry_id)
  return 'entry_not_waiting'
end
if entry.forAgentId and entry.forAgentId ~= agent_id then return 'entry_not_waiting' end
local agent = read_hash(agent_key(agent_id))
if not agent or not is_routable(agent) then
  redis.call('ZREM', ready_key(queue_id), agent_id)
  return 'agent_not_ready'
end

redis.call('HSET', offer_key(offer_id), 'offerId', offer_id, 'entryId', entry_id, 'contactId', contact_id,
  'queueId', queue_id, 'agentId', agent_id, 'gatewayId', ARGV[6], 'offeredAt', ARGV[7], 'expiresAt', ARGV[8])
redis.call('ZADD', offers_key, ARGV[8], offer_id)
redis.call('HSET', entry_key(entry_id), 'offerId', offer_id)
redis.call('HINCRBY', entry_key(entry_id), 'offers', 1)
redis.call('ZREM', waiting_key(queue_id), entry_id)
redis.call('HSET', turns_key, queue_id, agent_id)
change_agent(agent, {
  work = 'ringing', workSince = ARGV[7], workOfferId = offer_id, workContactId = contact_id, workQueueId = queue_id,
  workExpiresAt = ARGV[8],
})
return redis.call('HGETALL', agent_key(agent_id))
