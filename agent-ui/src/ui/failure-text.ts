import type { TFunction } from 'i18next'
import { isRefusal } from '../api/index.ts'

/** What to tell somebody about a failure: our own sentence where we have a better one than the server. */
export function failureText(t: TFunction, error: unknown): string {
  if (isRefusal(error, 'offline')) return t('frame.failure.offline')
  if (isRefusal(error) && (error.code === 'forbidden' || error.status === 403)) return t('frame.failure.forbidden')
  if (isRefusal(error) && (error.code === 'not_found' || error.status === 404)) return t('frame.failure.notFound')
  if (isRefusal(error, 'wrong_setup_code')) return t('settings.setup.tokenWrong')
  if (isRefusal(error, 'stale')) return t('frame.say.stale')
  return error instanceof Error ? error.message : String(error)
}
