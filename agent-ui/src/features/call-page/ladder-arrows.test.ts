import type { LadderMessage } from '@ringdown/core/contract'
import { expect, it } from 'vitest'
import { arrowOf } from './ladder-arrows.ts'

const message = (text: string) =>
  ({ at: 1, direction: 'in', text: text.replaceAll('\n', '\r\n') }) as unknown as LadderMessage

it('names requests by method and answers by status, phrase and method', () => {
  expect(arrowOf(message('INVITE sip:4000@desk SIP/2.0\nCSeq: 1 INVITE'))).toMatchObject({
    label: 'INVITE',
    kind: 'request',
  })
  expect(arrowOf(message('SIP/2.0 180 Ringing\nCSeq: 1 INVITE'))).toMatchObject({
    label: '180 Ringing (INVITE)',
    kind: 'provisional',
  })
  expect(arrowOf(message('SIP/2.0 488 Not Acceptable Here'))).toMatchObject({ kind: 'failure' })
})
