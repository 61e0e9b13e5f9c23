import { expect } from 'vitest'
import { journeyOn } from '../desk/index.ts'
import { tone } from '../sip/index.ts'

const journey = journeyOn({ gateways: 2 })

journey(
  'a page at another gateway takes the headset over and gives it back, and the call’s voice comes with it',
  async ({ desk }) => {
    await using desktop = await desk.browser('alice', { tone: 600 }, 0)
    await desktop.goAvailable()
    await using caller = await desk.caller()
    caller.audio.play(tone(440))
    await desktop.at('answer').click()
    await caller.audio.hears(600)

    await using laptop = await desk.browser('alice', { tone: 800 }, 1)
    await laptop.showsState('talking')
    await Promise.all([laptop.ears.hears(440), caller.audio.hears(800)])
    await desktop.page.locator('[data-testid=headset-meter][data-state=off]').waitFor()

    await desktop.at('headset-meter').click()
    await desktop.page.getByRole('button', { name: '在此页使用' }).click()
    await Promise.all([desktop.ears.hears(440), caller.audio.hears(600)])
    await laptop.page.locator('[data-testid=headset-meter][data-state=off]').waitFor()
    await desktop.at('hang-up').click()
    const { segments } = await desk.ledger.ended(caller.call)
    expect(segments).toMatchObject([{ agent: { id: desktop.id }, endedBy: 'agent' }])
  },
)
