import type { FlowId } from '@ringdown/core/kernel'
import demoFlow from '@ringdown/ivr/flows/demo' with { type: 'json' }
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

/** What every installation starts with: settings, dispositions, and the demo flow behind the number to call. */
export async function installStandards(sql: ISql, settings: Partial<Settings>, flowId?: FlowId): Promise<FlowId> {
  const numberToCall = '4000'
  await saveSettings(sql, { numberToCall, timeZone: 'Asia/Shanghai', defaultCountry: 'CN', ...settings })
  await saveDispositions(sql, standardDispositions)
  const id = await createFlow(sql, demoFlow.name, flowId)
  await publishFlow(sql, id, demoFlow, null)
  await routeNumber(sql, numberToCall, id)
  return id
}
