import { useApi } from '../../api/index.ts'
import { useMe } from '../session/index.ts'

/** The agent's contacts since midnight, newest first. */
export function useMyContacts() {
  const { id } = useMe()
  const from = new Date().setHours(0, 0, 0, 0)
  return useApi('listContacts', { query: { agentId: id, from, pageSize: 200 } }, { keepPrevious: true })
}
