export { type ConnectOptions, connect, type ISql, inTransaction, type Sql } from './client.ts'
export { given } from './given.ts'
export { appendContactEvents, rebuildProjections } from './ledger.ts'
export { migrate } from './migrate.ts'
export type { Page, PageRequest } from './page.ts'
export { foldEvents, type Projection } from './projections/fold.ts'
export { LedgerViolation } from './projections/ledger-violation.ts'
export { type AgentDay, agentDays } from './queries/agent-day.ts'
export {
  type AgentOfRecord,
  listAgentsOfRecord,
  listGatewaysOfOpenContacts,
  listOpenContacts,
} from './queries/agents-of-record.ts'
export { boardCounters, type QueueFigures } from './queries/board-counters.ts'
export { callerCandidateByCode, callerCandidatesByNumber } from './queries/caller-candidates.ts'
export { readCatalogue } from './queries/catalogue.ts'
export {
  type ContactFilter,
  findContactSummary,
  listContactSummaries,
  listContacts,
  recentContacts,
} from './queries/contact-summaries.ts'
export { findContactView } from './queries/contact-view.ts'
export { findCustomerView } from './queries/customer-view.ts'
export { listPastStays, listShownStates, type PastStay, spanOfDay } from './queries/day-of-calls.ts'
export { averageHandleMs } from './queries/handle-time.ts'
export { lastAgentOf } from './queries/last-agent.ts'
export { queueBalance } from './queries/queue-balance.ts'
export { findTicketSource } from './queries/ticket-source.ts'
export { findTicketView } from './queries/ticket-view.ts'
export { waitErrors } from './queries/wait-errors.ts'
export { SIP_REALM, type SipHa1, sipHa1 } from './sip-ha1.ts'
export * from './tables/index.ts'
export { TestDatabase } from './test-database.ts'
