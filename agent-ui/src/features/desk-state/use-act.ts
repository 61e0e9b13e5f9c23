import type { CommandInput, CommandName, CommandOutput, DeskView } from '@ringdown/core/contract'
import { useTranslation } from 'react-i18next'
import { isRefusal } from '../../api/index.ts'
import { command } from '../../realtime/index.ts'
import { failureText, toast } from '../../ui/index.ts'
import { takeView } from './store.ts'

const isDeskView = (output: unknown): output is DeskView =>
  typeof output === 'object' && output !== null && 'version' in output && 'wrapUp' in output

/** Asks the live world; a refusal becomes one sentence on the page and `undefined` here. */
export function useAct() {
  const { t, i18n } = useTranslation()
  return async <K extends CommandName>(name: K, input: CommandInput<K>): Promise<CommandOutput<K> | undefined> => {
    try {
      const output = await command(name, input)
      if (isDeskView(output)) takeView(output)
      return output
    } catch (error) {
      const ours = isRefusal(error) ? `desk.call.refused.${error.code}` : ''
      toast('error', i18n.exists(ours) ? String(i18n.t(ours as never)) : failureText(t, error))
      return undefined
    }
  }
}
