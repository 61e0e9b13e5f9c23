import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isRefusal } from '../../api/index.ts'
import { failureText, toast } from '../../ui/index.ts'

/** Saves once at a time; keeps what was refused with the field to blame. */
export function useSave() {
  const { t } = useTranslation()
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<{ field: string | undefined; text: string } | null>(null)
  return {
    busy,
    failure,
    /** The sentence under a field; fields of lists count by their beginning. */
    wrong: (field: string): string | null => (failure?.field?.split('.')[0] === field ? failure.text : null),
    async save(work: () => Promise<unknown>, onSaved: () => void): Promise<void> {
      if (busy) return
      setBusy(true)
      setFailure(null)
      try {
        await work()
        toast('success', t('frame.say.saved'))
        onSaved()
      } catch (error) {
        setFailure({ field: isRefusal(error) ? error.field : undefined, text: failureText(t, error) })
      }
      setBusy(false)
    },
  }
}
