export { api, onSignedOut, setCsrfToken, upload } from './api.ts'
export { isRefusal, Refusal } from './refusal.ts'
export { keyOf, outdate, outdateSoon, queryClient, useApi } from './use-api.ts'
