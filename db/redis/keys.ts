/**
 * Every key we keep in Redis. `prefix` separates copies of Ringdown on one Redis; the hash tag keeps all keys in one
 * slot, so that the scripts work on Redis Cluster too. A name that ends in `:` is a prefix to which an id is appended.
 *
 * | key                | type   | written by      | holds                                              | lives until            |
 * | ------------------ | ------ | --------------- | -------------------------------------------------- | ---------------------- |
 * | agent:ID           | hash   | scripts         | flat fields of an AgentRecord                      | his user is deleted    |
 * | agents             | set    | scripts         | ids of all agents who ever signed in               | for ever               |
 * | ready:QUEUE        | zset   | scripts         | routable members by availableSince                 | nobody is ready        |
 * | entry:ID           | hash   | scripts         | a waiting or offered entry, who refused it         | it leaves the queue    |
 * | waiting:QUEUE      | zset   | scripts         | entries that wait and are not offered, by score    | nobody waits           |
 * | line:QUEUE         | zset   | scripts         | all entries, offered ones included, by score       | nobody waits           |
 * | direct:AGENT       | hash   | scripts         | entries that wait for this agent by name → queue   | they leave the queue   |
 * | offer:ID           | hash   | scripts         | a live offer                                       | it ends                |
 * | offers             | zset   | scripts         | live offers by expiresAt                           | for ever               |
 * | turns              | hash   | scripts         | queue → whom it offered a caller last              | for ever               |
 * | held:GATEWAY       | set    | scripts         | entries whose caller this gateway holds            | they leave the queue   |
 * | contact:ID         | string | contact store   | a LiveContact as JSON                              | 2 h after last write   |
 * | contacts:GATEWAY   | set    | contact store   | contacts a gateway holds                           | gateway is cleaned up  |
 * | phone:AGENT        | string | registrar       | where the agent's SIP phone is, as JSON            | registration expires   |
 * | gateways           | zset   | registry        | gateways by their last heartbeat                   | for ever               |
 * | headsets:GATEWAY   | hash   | registry        | agents whose headset leg a gateway holds → leg     | gateway is cleaned up  |
 * | trunk:ID           | string | script          | the gateway that registers this trunk              | lease runs out         |
 * | registration:ID    | string | trunk store     | a Registration as JSON                             | not renewed            |
 * | lines:GATEWAY      | hash   | scripts         | trunk → calls that this gateway has on it          | gateway is cleaned up  |
 * | epoch              | string | live epoch      | the live state is whole, or being rebuilt by one   | Redis loses its data   |
 * | spool:GATEWAY      | hash   | event spool     | events that PostgreSQL did not take yet            | they are written       |
 *
 * And channels, which hold nothing: `facts` for every gateway, `asks:GATEWAY` and `answers:GATEWAY` for one.
 */
export function redisKeys(prefix = '') {
  const name = prefix === '' ? 'ringdown' : `${prefix}:ringdown`
  const root = `${name}:{acd}:`
  return {
    agent: `${root}agent:`,
    agents: `${root}agents`,
    ready: `${root}ready:`,
    entry: `${root}entry:`,
    waiting: `${root}waiting:`,
    line: `${root}line:`,
    direct: `${root}direct:`,
    offer: `${root}offer:`,
    offers: `${root}offers`,
    held: `${root}held:`,
    turns: `${root}turns`,
    contact: (id: string) => `${root}contact:${id}`,
    contactsOf: (gatewayId: string) => `${root}contacts:${gatewayId}`,
    phone: (agentId: string) => `${root}phone:${agentId}`,
    gateways: `${root}gateways`,
    headsets: (gatewayId: string) => `${root}headsets:${gatewayId}`,
    trunkLease: (trunkId: string) => `${root}trunk:${trunkId}`,
    registration: (trunkId: string) => `${root}registration:${trunkId}`,
    lines: (gatewayId: string) => `${root}lines:${gatewayId}`,
    epoch: `${root}epoch`,
    spool: (gatewayId: string) => `${root}spool:${gatewayId}`,
    facts: `${name}:facts`,
    asks: (gatewayId: string) => `${name}:asks:${gatewayId}`,
    answers: (gatewayId: string) => `${name}:answers:${gatewayId}`,
  }
}
export type RedisKeys = ReturnType<typeof redisKeys>

/** The KEYS of every script, in the order in which `includes/book.lua` names them. */
export const bookKeys = (keys: RedisKeys): string[] => [
  keys.agent,
  keys.agents,
  keys.ready,
  keys.entry,
  keys.waiting,
  keys.line,
  keys.direct,
  keys.offer,
  keys.offers,
  keys.held,
  keys.turns,
]
