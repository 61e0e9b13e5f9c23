import { SIP_REALM } from '@ringdown/db/postgres'
import { Phone } from '../sip/index.ts'
import type { Api } from './api.ts'
import { endShift } from './end-shift.ts'
import { password } from './scene.ts'
import { until } from './until.ts'

/** An agent with a registered SIP phone, who answers there and commands by the API. */
export class PhoneAgent implements AsyncDisposable {
  readonly api: Api
  readonly phone: Phone

  /** Registers the phone, signs the agent in and makes him available. */
  static async start(api: Api, extension: string, sipServer: string): Promise<PhoneAgent> {
    const phone = await Phone.start({ user: extension, domain: SIP_REALM, server: sipServer, password })
    await phone.register()
    await api.command('agent:sign-in', { device: 'sip' })
    await api.command('agent:set-status', { chosen: { status: 'available' } })
    return new PhoneAgent(api, phone)
  }

  private constructor(api: Api, phone: Phone) {
    this.api = api
    this.phone = phone
  }

  get id() {
    return this.api.me.id
  }

  /** Waits for wrap-up, finishes it without a ticket and is available again. */
  async wrapUp(): Promise<void> {
    const { contactId } = await until('wrap-up', async () => (await this.api.command('desk:read', {})).wrapUp)
    const next = { status: 'available' } as const
    await this.api.command('wrap-up:complete', { contactId, disposition: 'solved', ticket: null, next })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.phone.close()
    await endShift(this.api)
  }
}
