-- The agent's side of every step. Mirrors core/src/agent: isRoutable, and the work machine where offers move it.

local function is_routable(agent)
  return agent.signedInAt and agent.deviceProven == '1' and agent.chosen == 'available' and agent.work == 'idle'
end

local function each_queue(agent, visit)
  for queue_id in string.gmatch(agent.queues or '', '[^,]+') do visit(queue_id) end
end

local function leave_ready(agent)
  each_queue(agent, function(queue_id) redis.call('ZREM', ready_key(queue_id), agent.agentId) end)
end

-- Puts the agent in or out of the ready index of each of his queues, as the four facts say.
local function index_ready(agent)
  if not is_routable(agent) then return leave_ready(agent) end
  local since = agent.availableSince or agent.workSince
  each_queue(agent, function(queue_id) redis.call('ZADD', ready_key(queue_id), since, agent.agentId) end)
end

-- Writes changed fields (false forgets one), raises the version and keeps the ready index right.
local function change_agent(agent, changes)
  local key = agent_key(agent.agentId)
  for field, value in pairs(changes) do
    if value == false then
      agent[field] = nil
      redis.call('HDEL', key, field)
    else
      agent[field] = value
      redis.call('HSET', key, field, value)
    end
  end
  agent.version = tostring(redis.call('HINCRBY', key, 'version', 1))
  index_ready(agent)
end

-- ringing → idle. `how.status` wins over the one chosen for afterwards; without either the agent stays Available where he
-- stood in the idle order (`how.keep_place`) or at its end.
local function stop_ringing(agent_id, offer_id, now, how)
  local agent = read_hash(agent_key(agent_id))
  if not agent or agent.workOfferId ~= offer_id then return end
  local changes = {
    work = 'idle', workSince = now, workOfferId = false, workContactId = false, workQueueId = false,
    workExpiresAt = false, nextChosen = false, nextReason = false,
  }
  local status, reason = how.status or '', how.reason or ''
  if status == '' and agent.nextChosen then status, reason = agent.nextChosen, agent.nextReason or '' end
  if status ~= '' then
    changes.chosen, changes.chosenSince = status, now
    changes.chosenReason = reason ~= '' and reason or false
  end
  if how.device_failed then changes.deviceProven, changes.deviceSince, changes.deviceAddress = '0', now, false end
  local proven = (changes.deviceProven or agent.deviceProven) == '1'
  local available = (changes.chosen or agent.chosen) == 'available'
  if not available and agent.atWorkSince then
    changes.atWorkMs = string.format('%d', (agent.atWorkMs or 0) + math.max(0, now - agent.atWorkSince))
    changes.atWorkSince = false
  end
  if not (agent.signedInAt and proven and available) then
    changes.availableSince = false
  elseif not (how.keep_place and agent.availableSince) then
    changes.availableSince = now
  end
  change_agent(agent, changes)
end
