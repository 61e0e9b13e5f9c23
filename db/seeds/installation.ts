import type { FlowId } from '@ringdown/core/kernel'
import {
  createFlow,
  type ISql,
  publishFlow,
  routeNumber,
  type Settings,
  saveDispositions,
  saveSettings,
} from '../postgres/index.ts'
import { standardDispositions } from './dispositions.ts'

/** What an installation starts with: its settings, and the flow behind the number to call. */
export type Start = { settings: Partial<Settings>; flow: { name: string }; flowId?: FlowId }

/** Settings, dispositions, and a published flow behind the number to call. */
export async function installStandards(sql: ISql, { settings, flow, flowId }: Start): Promise<FlowId> {
  const numberToCall = '4000'
  await saveSettings(sql, { numberToCall, timeZone: 'Asia/Shanghai', defaultCountry: 'CN', ...settings })
  await saveDispositions(sql, standardDispositions)
  const id = await createFlow(sql, flow.name, flowId)
  await publishFlow(sql, id, flow, null)
  await routeNumber(sql, numberToCall, id)
  return id
}
