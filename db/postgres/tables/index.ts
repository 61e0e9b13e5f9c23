export { appendAgentEvents, listAgentEvents } from './agent-events.ts'
export { type AuditEntry, appendAudit, listAudit } from './audit-log.ts'
export { listContactEvents } from './contact-events.ts'
export { type Contact, findContact, wasOnContact } from './contacts.ts'
export {
  type CustomerDuplicate,
  changeCustomer,
  createCustomer,
  customerByCode,
  findCustomer,
  listCustomers,
} from './customers.ts'
export { listDispositions, saveDispositions } from './dispositions.ts'
export {
  createFlow,
  findFlow,
  findFlowByNumber,
  listFlows,
  type PublishedFlow,
  publishFlow,
  routeNumber,
} from './flows.ts'
export {
  claimOutbox,
  deleteRelayed,
  insertOutbox,
  markRelayed,
  OUTBOX_CHANNEL,
  type OutboxMessage,
} from './outbox.ts'
export { changePerson, createPerson, deletePerson, findPerson, listPeople } from './people.ts'
export { listQueueEntries, type QueueEntry } from './queue-entries.ts'
export {
  changeQueue,
  createQueue,
  findQueue,
  findQueueByKey,
  listQueues,
  listQueuesOf,
  type QueueDuplicate,
  type QueueUnknown,
  routingOf,
} from './queues.ts'
export { findPeaks, findRecording, listRecordings, type Peaks, type Recording, savePeaks } from './recordings.ts'
export {
  appendDecisions,
  type DecisionWithOutcome,
  deleteDecisions,
  listDecisions,
  type RoutingDecision,
} from './routing-decisions.ts'
export {
  changeSavedView,
  createSavedView,
  deleteSavedView,
  findSavedView,
  listSavedViews,
  type SavedViewDuplicate,
} from './saved-views.ts'
export { listSegments, type Segment } from './segments.ts'
export {
  createSession,
  deleteExpiredSessions,
  deleteSession,
  deleteSessionsOf,
  extendSession,
  findSession,
  type Session,
} from './sessions.ts'
export { readSettings, type Settings, saveSettings } from './settings.ts'
export { findLadder, type Ladder, saveLadder } from './sip-ladders.ts'
export {
  createSkill,
  deleteSkill,
  findSkillUse,
  listSkills,
  listSkillUses,
  renameSkill,
  type SkillDuplicate,
} from './skills.ts'
export { findSurvey, listSurveys, listSurveysOfContact } from './surveys.ts'
export { linkTicketContact } from './ticket-contacts.ts'
export { addTicketMessage, listTicketMessages } from './ticket-messages.ts'
export {
  changeTicket,
  createTicket,
  discardDraft,
  findTicket,
  findTicketOfCall,
  listTickets,
  rewriteDraft,
  type TicketChange,
  type TicketFilter,
  type TicketRefusal,
} from './tickets.ts'
export {
  changeTrunk,
  createTrunk,
  deleteTrunk,
  listTrunks,
  type StoredTrunk,
  type TrunkDuplicate,
} from './trunks.ts'
export {
  type Account,
  changeUser,
  createUser,
  findAccount,
  findAccountByLogin,
  findSipCredentials,
  findUser,
  hasAdministrator,
  listUsers,
  savePasswordHash,
  savePreferences,
  type UserChange,
  type UserDuplicate,
  type UserUnknown,
} from './users.ts'
