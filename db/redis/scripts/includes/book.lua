-- The keys of the book, the same in every script. All share one hash tag; an id is appended to those that take one.
local agents_key, offers_key, turns_key = KEYS[2], KEYS[9], KEYS[11]
local function agent_key(id) return KEYS[1] .. id end
local function ready_key(queue_id) return KEYS[3] .. queue_id end
local function entry_key(id) return KEYS[4] .. id end
local function waiting_key(queue_id) return KEYS[5] .. queue_id end
local function line_key(queue_id) return KEYS[6] .. queue_id end
local function direct_key(agent_id) return KEYS[7] .. agent_id end
local function offer_key(id) return KEYS[8] .. id end
local function held_key(gateway_id) return KEYS[10] .. gateway_id end

-- A hash as a table; nil when there is none.
local function read_hash(key)
  local flat = redis.call('HGETALL', key)
  if #flat == 0 then return nil end
  local fields = {}
  for i = 1, #flat, 2 do fields[flat[i]] = flat[i + 1] end
  return fields
end
