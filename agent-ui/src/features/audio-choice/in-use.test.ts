import { expect, it } from 'vitest'
import type { AudioChoice } from './audio-choice.ts'
import { absentDevices, inUse } from './in-use.ts'

const choice: AudioChoice = {
  microphone: 'headset',
  speaker: 'headset-out',
  ringer: 'loudspeaker',
  names: {},
  ringVolume: 0.5,
  voiceProcessing: true,
}
const device = (id: string) => ({ id, name: id })
const all = { microphones: [device('headset')], speakers: [device('headset-out'), device('loudspeaker')] }
const unplugged = { microphones: [device('built-in')], speakers: [device('loudspeaker')] }

it('uses what was chosen while it is there', () => {
  expect(absentDevices(choice, all)).toEqual([])
  expect(inUse(choice, all)).toEqual(choice)
})

it("lets the system's default stand in for what was unplugged, and for nothing else", () => {
  expect(absentDevices(choice, unplugged)).toEqual(['microphone', 'speaker'])
  expect(inUse(choice, unplugged)).toEqual({ ...choice, microphone: '', speaker: '' })
})

it('takes nothing for unplugged while the browser names no devices, nor the default for a device', () => {
  expect(absentDevices(choice, { microphones: [], speakers: [] })).toEqual([])
  expect(absentDevices({ ...choice, microphone: '', speaker: '', ringer: '' }, unplugged)).toEqual([])
})
