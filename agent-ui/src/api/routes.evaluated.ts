import { type OperationName, operations } from '@ringdown/core/contract'

/** Where each operation lives. Evaluated when the page is built: the browser needs no schema to know an address. */
export const routes = Object.fromEntries(
  Object.entries(operations).map(([name, { method, path }]) => [name, { method, path }]),
) as Record<OperationName, { method: string; path: string }>
