import type { IvrCommand, NodeCommand } from './commands.ts'
import type { Flow } from './flow.ts'
import type { IvrInput } from './input.ts'
import type { NodeContext, Turn } from './nodes/define-node.ts'
import { nodes } from './nodes/index.ts'
import type { Facts, IvrState } from './state.ts'

/** A call that enters more nodes than this goes round in circles and is ended. */
export const MAX_VISITS = 200

/** State after an input, and what is to be done now, in order. */
export type EngineStep = { state: IvrState; commands: IvrCommand[] }

type Running = Extract<IvrState, { state: 'running' }>
type NodeInput = Exclude<IvrInput, { type: 'hung_up' }>

/** Enters a flow: at its start, or where a caller goes on after the agent has left. */
export function begin(flow: Flow, entry: 'start' | 'afterCall', facts: Facts, at: number): EngineStep {
  const node = entry === 'start' ? flow.start : flow.afterCall
  if (node === null) return { state: { state: 'ended', facts }, commands: [{ type: 'hang_up', reason: 'flow_ended' }] }
  const state: Running = { state: 'running', node, local: null, facts, awaiting: null, lastToken: 0, visits: 0 }
  return enter(flow, state, node, at)
}

/**
 * One input in, the next state and commands out. Pure, total: inputs that do not matter now change nothing,
 * and a state that has ended stays so.
 */
export function step(flow: Flow, state: IvrState, input: IvrInput): EngineStep {
  if (state.state === 'ended') return { state, commands: [] }
  if (input.type === 'hung_up') return { state: { state: 'ended', facts: state.facts }, commands: [] }
  if ('token' in input && input.token !== state.awaiting) return { state, commands: [] }
  return give(flow, state, input)
}

function give(flow: Flow, state: Running, input: NodeInput): EngineStep {
  const { kind, context } = look(flow, state, state.node, input.at)
  return take(flow, state, kind.handle(context, state.local, input), input.at)
}

function enter(flow: Flow, state: Running, node: string, at: number): EngineStep {
  if (state.visits >= MAX_VISITS) {
    return { state: { state: 'ended', facts: state.facts }, commands: [{ type: 'hang_up', reason: 'error' }] }
  }
  const entered: Running = { ...state, node, local: null, awaiting: null, visits: state.visits + 1 }
  const { kind, context } = look(flow, entered, node, at)
  return take(flow, entered, kind.enter(context), at)
}

function take(flow: Flow, state: Running, turn: Turn<unknown>, at: number): EngineStep {
  const facts = turn.go === 'end' ? state.facts : { ...state.facts, ...turn.facts }
  const { state: stamped, commands } = stamp({ ...state, facts }, turn.commands ?? [])
  switch (turn.go) {
    case 'stay':
      return { state: { ...stamped, local: turn.local }, commands }
    case 'end':
      return { state: { state: 'ended', facts }, commands }
    case 'exit': {
      const next = enter(flow, stamped, target(flow, state.node, turn.exit), at)
      return follow(flow, { ...next, commands: [...commands, ...next.commands] }, turn.key, at)
    }
  }
}

/** A key that interrupted an announcement belongs to the node that follows it. */
function follow(flow: Flow, reached: EngineStep, key: string | undefined, at: number): EngineStep {
  if (key === undefined || reached.state.state === 'ended') return reached
  const next = give(flow, reached.state, { type: 'digit', digit: key, at })
  return { state: next.state, commands: [...reached.commands, ...next.commands] }
}

/** Numbers the commands that await an answer; the last one is the one that is awaited. */
function stamp(state: Running, commands: readonly NodeCommand[]): { state: Running; commands: IvrCommand[] } {
  let { awaiting, lastToken } = state
  const stamped = commands.map((command): IvrCommand => {
    switch (command.type) {
      case 'play':
      case 'wait':
      case 'look_up':
      case 'enqueue':
      case 'transfer':
        lastToken += 1
        awaiting = lastToken
        return { ...command, token: lastToken }
      default:
        return command
    }
  })
  return { state: { ...state, awaiting, lastToken }, commands: stamped }
}

function look(flow: Flow, state: Running, id: string, at: number) {
  const node = flow.nodes[id]
  const kind = node && nodes[node.type]
  if (!node || !kind) throw new Error(`flow '${flow.name}' was not checked: no node '${id}'`)
  const context: NodeContext<unknown> = { id, label: node.label, config: node.config, facts: state.facts, at }
  return { kind, context }
}

function target(flow: Flow, node: string, exit: string): string {
  const next = flow.nodes[node]?.exits[exit]
  if (next === undefined) throw new Error(`flow '${flow.name}' was not checked: exit '${exit}' of '${node}'`)
  return next
}
