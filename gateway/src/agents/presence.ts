import type { AgentRecord } from '@ringdown/core/agent'
import type { UserId } from '@ringdown/core/kernel'
import { createDeadlines } from '../acd/deadlines.ts'
import type { Foundation } from '../foundation.ts'
import { bySystem, type ChangeParts } from './change-agent.ts'
import { signOut } from './sign-out.ts'

export type PresenceParts = ChangeParts & Pick<Foundation, 'log'> & { pageGraceMs: number }

/** Which users have pages open on this gateway. Agents seen nowhere for the grace time, and not heard, are signed out. */
export type AgentPresence = Disposable & {
  pageOpened(userId: UserId): void
  pageClosed(userId: UserId): void
  /** Says again who has pages open here, as when Redis forgot it. */
  seeAll(): Promise<void>
  /** Signs an agent out whose page and headset are gone and who has no work. */
  signOutIfGone(agent: AgentRecord | undefined): Promise<void>
}

export function watchPresence(parts: PresenceParts): AgentPresence {
  const { agents, clock, log, pageGraceMs } = parts
  const here = new Set<UserId>()
  const see = (ids: readonly UserId[]) =>
    agents.see(ids, clock()).catch((error) => log.warn({ err: error }, 'the presence of pages was not noted'))
  const seeing = setInterval(() => see([...here]), pageGraceMs / 3)
  const leaving = createDeadlines<UserId>(clock, (userId) => {
    agents
      .read(userId)
      .then(signOutIfGone)
      .catch((error) => log.error({ err: error, userId }, 'an agent who left was not signed out'))
  })

  async function signOutIfGone(agent: AgentRecord | undefined): Promise<void> {
    // a phone needs no page, and whoever is heard is there
    if (!agent?.session || agent.device.kind !== 'webrtc' || agent.device.proven) return
    if (agent.work.state !== 'idle' || here.has(agent.agentId)) return
    if (clock() - agent.session.seenAt < pageGraceMs) return
    await signOut(parts, agent.agentId, bySystem)
  }

  return {
    pageOpened(userId) {
      here.add(userId)
      leaving.clear(userId)
      void see([userId])
    },
    pageClosed(userId) {
      here.delete(userId)
      void see([userId])
      leaving.set(userId, clock() + pageGraceMs + 50)
    },
    seeAll: () => see([...here]),
    signOutIfGone,
    [Symbol.dispose]() {
      clearInterval(seeing)
      leaving[Symbol.dispose]()
    },
  }
}
