import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { seriousFindings, sidewaysOverflow } from '../desk/accessibility.ts'
import { journeyOn } from '../desk/index.ts'

const journey = journeyOn({ rules: { offerMs: 20_000 } })

/** What can be scanned: everything came. */
async function settled(page: Page): Promise<void> {
  await page.locator('h1').first().waitFor({ state: 'attached' })
  await expect.poll(() => page.getByRole('status', { name: '正在加载' }).count(), { timeout: 10_000 }).toBe(0)
}

journey(
  'a call can be worked without sight: nothing serious found while it rings, is talked and wrapped up',
  async ({ desk }) => {
    await using alice = await desk.browser('alice')
    const { page } = alice
    await alice.goAvailable()
    expect(await seriousFindings(page)).toEqual([])
    await using caller = await desk.caller()
    await alice.at('incoming-pop').waitFor()
    await page.getByRole('alert').filter({ hasText: '王建国' }).waitFor({ state: 'attached' })
    expect(await seriousFindings(page)).toEqual([])
    await page.keyboard.press('Space')
    await alice.at('notes').waitFor()
    await page.keyboard.press('Alt+t')
    await alice.at('transfer-targets').waitFor()
    expect(await seriousFindings(page)).toEqual([])
    await page.setViewportSize({ width: 720, height: 450 })
    expect(await sidewaysOverflow(page)).toBe(0)
    await page.setViewportSize({ width: 1440, height: 900 })
    await page.keyboard.press('Escape')
    await alice.at('hang-up').click()
    await alice.at('wrap-up').waitFor()
    expect(await seriousFindings(page)).toEqual([])
    await desk.ledger.ended(caller.call)
  },
  // eight scans
  120_000,
)

journey(
  'every page: nothing serious for those without sight, in both colours, and at 200 % zoom nothing beside it',
  async ({ desk }) => {
    await using admin = await desk.browser('admin')
    const { page, api } = admin
    const { items: contacts } = await api.call('listContacts', { query: { page: 1, pageSize: 1 } })
    const { items: tickets } = await api.call('listTickets', { query: { page: 1, pageSize: 1 } })
    const settings = ['users', 'skills', 'queues', 'trunks', 'flows', 'prompts', 'dispositions']
    const places = [
      ...[
        '/',
        '/board',
        '/customers',
        `/customers/${desk.scene.customer.id}`,
        '/contacts',
        `/contacts/${contacts[0]?.id}`,
      ],
      ...['/tickets', `/tickets/${tickets[0]?.id}`, ...settings.map((part) => `/settings/${part}`)],
    ]
    const found: string[] = []
    for (const place of places) {
      await page.goto(api.origin + place)
      await settled(page)
      found.push(...(await seriousFindings(page)).map((line) => `${place} ${line}`))
      await page.setViewportSize({ width: 720, height: 450 })
      const beyond = await sidewaysOverflow(page)
      if (beyond > 0) found.push(`${place} is ${beyond} px too wide at 200 % zoom`)
      await page.setViewportSize({ width: 1440, height: 900 })
    }
    expect(found).toEqual([])
  },
  // thirty scans; ten seconds where nothing else runs
  180_000,
)

journey('columns move by mouse and by keyboard; a shared view brings them to a colleague', async ({ desk }) => {
  await using carol = await desk.browser('carol')
  const { page, api } = carol
  const heads = () =>
    page.evaluate<string[]>(`[...document.querySelectorAll('thead th[data-column]')].map((e) => e.dataset.column)`)
  await page.goto(`${api.origin}/tickets`)
  await page.locator('tr[tabindex="0"]').waitFor()
  const [priority, number] = await Promise.all(
    ['priority', 'number'].map((key) => page.locator(`th[data-column=${key}]`).boundingBox()),
  )
  if (!priority || !number) throw new Error('the columns are not on the page')
  await page.mouse.move(priority.x + 30, priority.y + 10)
  await page.mouse.down()
  await page.mouse.move(number.x + 40, number.y + 10, { steps: 4 })
  await page.mouse.move(number.x + 5, number.y + 10)
  await page.mouse.up()
  await expect.poll(heads).toEqual(expect.arrayContaining(['priority']))
  expect((await heads()).slice(0, 2)).toEqual(['priority', 'number'])

  await carol.at('columns').focus()
  await page.keyboard.press('Enter')
  await page.getByRole('checkbox', { name: '类别' }).focus()
  await page.keyboard.press('Space')
  await page.getByRole('button', { name: '“主题”前移' }).focus()
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
  await expect.poll(async () => (await heads()).slice(0, 3)).toEqual(['priority', 'subject', 'number'])
  expect(await heads()).not.toContain('category')
  await page.locator('[data-testid=columns]:focus').waitFor()

  await page.locator('th[data-column=subject] button').click()
  await carol.at('views').click()
  await page.getByRole('menuitem', { name: '存为新视图…' }).click()
  await page.getByRole('textbox', { name: '视图名称' }).fill('先看优先级')
  await page.getByRole('combobox', { name: '谁能看到' }).click()
  await page.getByTitle('所有人').click()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: '保存' }).click()
  await carol.at('views').filter({ hasText: '先看优先级' }).waitFor()

  await using alice = await desk.browser('alice')
  await alice.page.goto(`${alice.api.origin}/tickets`)
  await alice.at('views').click()
  await alice.page.getByRole('menuitem', { name: /先看优先级/ }).click()
  const seen = alice.page.locator('thead th[data-column]')
  await expect.poll(() => seen.first().getAttribute('data-column')).toBe('priority')
  expect(new URL(alice.page.url()).searchParams.get('sort')).toBe('subject')
})

journey(
  'a chosen microphone that is unplugged is stood in for, said so, and used again when it is back',
  async ({ desk }) => {
    await using alice = await desk.browser('alice')
    const { page } = alice
    await alice.hasHeadset()
    await alice.at('headset-meter').click()
    await page.getByRole('combobox', { name: '麦克风' }).click()
    await page.getByTitle('Fake Audio Input 2').click()
    // What no test can pull out of its socket: the browser is asked for its devices, and lacks one.
    const plug = (present: boolean) =>
      page.evaluate(`{
      const devices = navigator.mediaDevices
      const all = MediaDevices.prototype.enumerateDevices.bind(devices)
      devices.enumerateDevices = async () => (await all()).filter((d) => ${present} || d.label !== 'Fake Audio Input 2')
      devices.dispatchEvent(new Event('devicechange'))
    }`)
    await plug(false)
    await page.getByText('麦克风“Fake Audio Input 2”已拔出').waitFor()
    await page.getByText('“Fake Audio Input 2”未连接').waitFor()
    await alice.hasHeadset()
    await plug(true)
    await page.getByText('麦克风“Fake Audio Input 2”已恢复使用').waitFor()
    await alice.hasHeadset()
  },
)

journey('the board on a wall: the whole screen, dark, nothing to click; Escape leaves', async ({ desk }) => {
  await using carol = await desk.browser('carol')
  const { page } = carol
  await page.goto(`${carol.api.origin}/board`)
  await page.getByRole('button', { name: '大屏' }).click()
  const board = page.locator('[data-testid=board][data-wall]')
  await board.waitFor()
  await page.locator('html[data-appearance=dark]').waitFor()
  expect(await board.locator('button, a, input').count()).toBe(0)
  expect(await page.evaluate<boolean>(`document.fullscreenElement?.clientWidth === innerWidth`)).toBe(true)
  await page.keyboard.press('Escape')
  await page.locator('[data-testid=board]:not([data-wall])').waitFor()
})
