import type { AgentRefusal } from '@ringdown/core/agent'
import type { DeskView } from '@ringdown/core/contract'
import { err, ok, type Result, type UserId } from '@ringdown/core/kernel'
import type { Agents } from '../agents/agents.ts'
import type { Headsets } from '../agents/headsets.ts'
import type { CommandHandlers, Refusal } from './handlers.ts'

export type AgentCommandParts = {
  agents: Agents
  headsets: Pick<Headsets, 'disconnect'>
  composeDesk(agentId: UserId): Promise<DeskView>
}

/** Shifts and states. */
export function agentCommands({
  agents,
  headsets,
  composeDesk,
}: AgentCommandParts): Pick<CommandHandlers, 'agent:sign-in' | 'agent:sign-out' | 'agent:set-status'> {
  const desk = async (userId: UserId, done: Result<unknown, AgentRefusal>): Promise<Result<DeskView, Refusal>> =>
    done.ok ? ok(await composeDesk(userId)) : err(inWords(done.error))
  return {
    async 'agent:sign-in'({ userId }, { device }) {
      const signedIn = await agents.signIn(userId, device)
      if (signedIn.ok && device !== 'webrtc') await headsets.disconnect(userId)
      return desk(userId, signedIn)
    },
    async 'agent:sign-out'({ userId }) {
      const signedOut = await agents.signOut(userId)
      if (!signedOut.ok) return err(inWords(signedOut.error))
      await headsets.disconnect(userId)
      return ok({})
    },
    'agent:set-status': async ({ userId }, { chosen }) => desk(userId, await agents.chooseStatus(userId, chosen)),
  }
}

function inWords(refusal: AgentRefusal): Refusal {
  switch (refusal.code) {
    case 'not_signed_in':
      return { code: 'not_signed_in', message: 'Sign in first.' }
    case 'in_call':
      return { code: 'in_call', message: 'Finish the call and its wrap-up first.' }
    case 'illegal_transition':
      return { code: 'illegal_transition', message: `This is not possible while ${refusal.from}.` }
  }
}
