import type { BrowserContext, Locator, Page } from 'playwright-core'
import type { Api } from './api.ts'
import { startChromium } from './chromium.ts'
import { endShift } from './end-shift.ts'
import { earsScript, PageEars } from './page-ears.ts'
import { password } from './scene.ts'

export type BrowserOptions = {
  /** What the microphone hears, Hz. */
  tone?: number
}

/** Somebody at the real page in Chromium, signed in. */
export class BrowserAgent implements AsyncDisposable {
  readonly page: Page
  readonly ears: PageEars
  /** The same user by REST, for what no page shows. */
  readonly api: Api
  readonly context: BrowserContext
  readonly #stack: AsyncDisposableStack

  static async start(api: Api, login: string, { tone = 600 }: BrowserOptions): Promise<BrowserAgent> {
    await using stack = new AsyncDisposableStack()
    stack.defer(() => (api.me.role === 'agent' ? endShift(api) : undefined))
    const { browser } = stack.use(await startChromium(tone))
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'zh-CN' })
    await context.grantPermissions(['microphone', 'notifications'], { origin: api.origin })
    await context.addInitScript(earsScript)
    const page = await context.newPage()
    page.setDefaultTimeout(10_000)
    const agent = new BrowserAgent(api, context, page, stack.move())
    await agent.signIn(login)
    return agent
  }

  private constructor(api: Api, context: BrowserContext, page: Page, stack: AsyncDisposableStack) {
    this.api = api
    this.context = context
    this.page = page
    this.ears = new PageEars(page)
    this.#stack = stack
  }

  get id() {
    return this.api.me.id
  }

  at(testId: string): Locator {
    return this.page.getByTestId(testId)
  }

  async signIn(login: string): Promise<void> {
    await this.page.goto(this.api.origin)
    await this.at('login').fill(login)
    await this.at('password').fill(password)
    await this.at('sign-in').click()
    await this.at('user-menu').waitFor()
  }

  /** Signing in has begun the shift: waits for the headset, and goes available. */
  async goAvailable(): Promise<void> {
    await this.hasHeadset()
    await this.at('go-available').click()
    await this.showsState('available')
  }

  async hasHeadset(): Promise<void> {
    await this.page.locator('[data-testid=headset-meter][data-state=connected]').waitFor()
  }

  /** Waits until the state button says so. */
  async showsState(state: string): Promise<void> {
    await this.page.locator(`[data-testid=state-button][data-state=${state}]`).waitFor()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#stack.disposeAsync()
  }
}
