import { useApi } from '../../api/index.ts'
import { useLanguage } from '../../i18n/index.ts'
import { exactTime, formatPhone } from '../../ui/index.ts'
import { useWords } from '../catalogue/index.ts'

export type Finding = { kind: 'customers' | 'tickets' | 'contacts'; to: string; title: string; detail: string }

const EACH = 5

/** What a text finds; a ticket's number puts tickets first. */
export function useFindings(text: string): { findings: Finding[]; settled: boolean } {
  const language = useLanguage()
  const { word } = useWords()
  const query = { query: { search: text, pageSize: EACH } }
  const options = { enabled: text.length > 1, keepPrevious: true }
  const customers = useApi('listCustomers', query, options)
  const tickets = useApi('listTickets', query, options)
  const contacts = useApi('listContacts', query, options)
  if (text.length < 2) return { findings: [], settled: true }
  const found: Finding[] = [
    ...(customers.data?.items ?? []).map((c) => ({
      kind: 'customers' as const,
      to: `/customers/${c.id}`,
      title: c.name,
      detail: `${c.code} · ${c.grade}`,
    })),
    ...(tickets.data?.items ?? []).map((x) => ({
      kind: 'tickets' as const,
      to: `/tickets/${x.id}`,
      title: x.number,
      detail: `${x.subject} · ${word('ticketState', x.state)}`,
    })),
    ...(contacts.data?.items ?? []).map((c) => ({
      kind: 'contacts' as const,
      to: `/contacts/${c.id}`,
      title: c.customer?.name ?? c.personName ?? formatPhone(c.number),
      detail: `${formatPhone(c.number)} · ${exactTime(c.startedAt, language)}`,
    })),
  ]
  const rank = (f: Finding) => (/^t-?\d+$/i.test(text) && f.kind === 'tickets' ? 0 : 1)
  return {
    findings: found.toSorted((a, b) => rank(a) - rank(b)),
    settled: !customers.isFetching && !tickets.isFetching && !contacts.isFetching,
  }
}
