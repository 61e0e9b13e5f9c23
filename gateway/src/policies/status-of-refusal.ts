/** HTTP status of each refusal word that is not a plain 409 ("not now"). */
const STATUS: Record<string, number> = {
  invalid_input: 400,
  not_signed_in: 401,
  wrong_password: 401,
  csrf: 403,
  wrong_setup_code: 400,
  forbidden: 403,
  not_found: 404,
  stale: 409,
  duplicate: 409,
  too_many: 429,
  internal: 500,
  unavailable: 503,
  gateway_lost: 503,
}

/** The status that tells a client what kind of refusal it met; the code in the body says which one. */
export const statusOfRefusal = (code: string): number => STATUS[code] ?? 409
