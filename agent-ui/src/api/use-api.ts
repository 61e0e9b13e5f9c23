import type { OperationName, OperationOutput } from '@ringdown/core/contract'
import { keepPreviousData, QueryClient, type UseQueryResult, useQuery } from '@tanstack/react-query'
import { api, type RequestOf } from './api.ts'
import { Refusal } from './refusal.ts'

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      retry: (count, error) => count < 2 && (!(error instanceof Refusal) || error.code === 'offline'),
      refetchOnWindowFocus: false,
    },
  },
})

/** Cache key of a read: invalidate `[name]` for all of an operation, or with its request for one. */
export const keyOf = <K extends OperationName>(name: K, ...[request]: RequestOf<K>) =>
  request === undefined ? [name] : [name, request]

type Options = { enabled?: boolean; keepPrevious?: boolean; staleTime?: number; refetchInterval?: number }

/** Reads by an operation, cached under its name and request. */
export function useApi<K extends OperationName>(
  name: K,
  request: RequestOf<K>[0],
  { keepPrevious, ...options }: Options = {},
): UseQueryResult<OperationOutput<K>> {
  return useQuery<OperationOutput<K>>({
    queryKey: request === undefined ? [name] : [name, request],
    queryFn: () => api(name, ...([request] as unknown as RequestOf<K>)),
    ...(keepPrevious ? { placeholderData: keepPreviousData } : {}),
    ...options,
  })
}

/** Marks reads as outdated; open pages fetch again. */
export async function outdate(...names: OperationName[]): Promise<void> {
  await Promise.all(names.map((name) => queryClient.invalidateQueries({ queryKey: [name] })))
}

const SOON_MS = 1500
const outdating = new Set<OperationName>()

/** As `outdate`, at most once in a while: a hundred events a second must not become a hundred reads. */
export function outdateSoon(...names: OperationName[]): void {
  if (outdating.size === 0) {
    setTimeout(() => {
      const due = [...outdating]
      outdating.clear()
      void outdate(...due)
    }, SOON_MS)
  }
  for (const name of names) outdating.add(name)
}
