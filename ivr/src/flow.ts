import { err, Language, Localized, ok, type Result } from '@ringdown/core/kernel'
import { z } from 'zod'
import { nodes } from './nodes/index.ts'

const NodeId = z.string().regex(/^[a-z][a-z0-9-]{0,79}$/, 'expected a node id such as main-menu')

/** One node as it is stored: what it is, where its exits lead, and the settings of its kind. */
const StoredNode = z.strictObject({
  type: z.string(),
  label: Localized,
  config: z.unknown().optional(),
  exits: z.record(z.string(), NodeId).default({}),
})

/** A flow as data. `version` names this format, not the edition of the flow. */
const StoredFlow = z.strictObject({
  version: z.literal(1),
  name: z.string().trim().min(1).max(120),
  language: Language,
  /** The node a new call enters. */
  start: NodeId,
  /** The node a caller enters who stays on the line after the agent has left; null: he is rung off. */
  afterCall: NodeId.nullable(),
  nodes: z.record(NodeId, StoredNode),
})

/** A flow that was checked: settings are complete and every exit leads somewhere. */
export type Flow = z.infer<typeof StoredFlow> & { readonly __checked: true }

/** What is wrong with a flow, and where: `node` is null when it is the flow itself. */
export type FlowFault = { node: string | null; field: string; message: string }

/**
 * Reads a flow, filling in the defaults of every node.
 * @returns the flow, or all of its faults, each with node and field.
 */
export function parseFlow(data: unknown): Result<Flow, FlowFault[]> {
  const stored = StoredFlow.safeParse(data)
  if (!stored.success) return err(stored.error.issues.map(({ path, message }) => locate(path, message)))
  const flow = stored.data
  const faults: FlowFault[] = []
  for (const field of ['start', 'afterCall'] as const) {
    const target = flow[field]
    if (target !== null && !flow.nodes[target]) faults.push({ node: null, field, message: `no node '${target}'` })
  }
  for (const [id, node] of Object.entries(flow.nodes)) {
    const kind = Object.hasOwn(nodes, node.type) ? nodes[node.type] : undefined
    if (!kind) {
      faults.push({ node: id, field: 'type', message: `no kind of node '${node.type}'` })
      continue
    }
    const config = kind.config.safeParse(node.config ?? {})
    if (!config.success) {
      for (const { path, message } of config.error.issues) {
        faults.push({ node: id, field: ['config', ...path].join('.'), message })
      }
      continue
    }
    node.config = config.data
    faults.push(...exitFaults(id, node.exits, kind.exits(config.data), flow.nodes))
  }
  return faults.length === 0 ? ok(flow as Flow) : err(faults)
}

function exitFaults(
  node: string,
  exits: Record<string, string>,
  wanted: readonly string[],
  known: Record<string, unknown>,
): FlowFault[] {
  const missing = wanted.filter((name) => exits[name] === undefined)
  return [
    ...missing.map((name) => ({ node, field: `exits.${name}`, message: 'leads nowhere' })),
    ...Object.entries(exits).flatMap(([name, target]) => {
      const field = `exits.${name}`
      if (!wanted.includes(name)) return [{ node, field, message: 'this node has no such exit' }]
      return Object.hasOwn(known, target) ? [] : [{ node, field, message: `no node '${target}'` }]
    }),
  ]
}

function locate(path: PropertyKey[], message: string): FlowFault {
  const [first, node, ...rest] = path.map(String)
  if (first === 'nodes' && node !== undefined) return { node, field: rest.join('.') || 'id', message }
  return { node: null, field: path.map(String).join('.') || 'flow', message }
}
