import { err, ok, type Result } from './result.ts'

export type IllegalTransition = { code: 'illegal_transition'; from: string; on: string }

/**
 * A state machine as a table: rows are states, cells are the legal moves, an empty cell is an illegal move.
 * Steps are pure: instants and ids arrive in the event. Where a step must also say something, let `Step` be
 * `{ next, emit }`.
 *
 * @NOTE one union member per event: `{ type: 'a' | 'b' }` would type its handler's event as `never`.
 */
export function defineMachine<S extends { state: string }, E extends { type: string }, Step = S>(
  table: {
    [K in S['state']]: {
      [T in E['type']]?: (state: Extract<S, { state: K }>, event: Extract<E, { type: T }>) => Step
    }
  },
) {
  type Cell = (state: S, event: E) => Step
  const cell = (s: S, e: E) => table[s.state as S['state']][e.type as E['type']] as Cell | undefined
  return {
    can: (state: S, event: E): boolean => cell(state, event) !== undefined,
    step(state: S, event: E): Result<Step, IllegalTransition> {
      const go = cell(state, event)
      return go ? ok(go(state, event)) : err({ code: 'illegal_transition', from: state.state, on: event.type })
    },
  }
}
