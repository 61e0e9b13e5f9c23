import type { Dialog, SrfRequest, SrfResponse } from 'drachtio-srf'

/** A keypress sent as INFO lasts this long. */
const DIGIT_MS = 160
/** How long the answer to one INFO is waited for: somebody waits for the key. */
const ANSWER_MS = 4000

/** Sends keys as INFO, one after another. @returns false as soon as one is not taken */
export async function sendInfoDigits(dialog: Dialog, digits: string): Promise<boolean> {
  for (const digit of digits) {
    const options = {
      method: 'INFO',
      headers: { 'Content-Type': 'application/dtmf-relay' },
      body: `Signal=${digit}\r\nDuration=${DIGIT_MS}\r\n`,
    }
    if (!(await taken(dialog, options))) return false
  }
  return true
}

function taken(dialog: Dialog, options: object): Promise<boolean> {
  return new Promise((settle) => {
    const late = setTimeout(() => settle(false), ANSWER_MS)
    dialog.request(options as SrfRequest, (error: unknown, response: SrfResponse) => {
      clearTimeout(late)
      settle(!error && response.status < 300)
    })
  })
}
