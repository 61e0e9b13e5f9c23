--[[
  The agent answers: the entry leaves the queue and the agent talks, if the offer still lives and is his.

    KEYS    the book
    ARGV    1 offer id, 2 agent id, 3 segment id, 4 now (ms)

  Returns the offer as flat hash | 'offer_ended' | 'not_yours'
]]
-- @include book
-- @include agents
-- @include entries
local offer_id, agent_id, segment_id, now = ARGV[1], ARGV[2], ARGV[3], ARGV[4]
local offer = read_hash(offer_key(offer_id))
if not offer then return 'offer_ended' end
if offer.agentId ~= agent_id then return 'not_yours' end
if tonumber(now) >= tonumber(offer.expiresAt) then return 'offer_ended' end
local agent = read_hash(agent_key(agent_id))
if not agent or agent.workOfferId ~= offer_id then return 'offer_ended' end

local flat = redis.call('HGETALL', offer_key(offer_id))
forget_entry(read_hash(entry_key(offer.entryId)))
forget_offer(offer_id)
change_agent(agent, {
  work = 'talking', workSince = now, workSegmentId = segment_id, workOfferId = false, workExpiresAt = false,
  availableSince = false, callsToday = tostring(tonumber(agent.callsToday or '0') + 1),
  shiftCalls = tostring(tonumber(agent.shiftCalls or '0') + 1),
})
return flat
