import type { AppConnection } from '../wire/app-connection.ts'
import { deliverRequest } from './deliver.ts'
import type { IncomingRequest } from './incoming-request.ts'

/** Gives a request outside any dialog to the application that is to answer it. */
export function handOver(incoming: IncomingRequest, app: AppConnection): void {
  incoming.app = app
  deliverRequest(app, incoming)
}
