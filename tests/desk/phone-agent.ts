import { SIP_REALM } from '@ringdown/db/postgres'
import { Phone } from '../sip/index.ts'
import type { Api } from './api.ts'
import { endShift } from './end-shift.ts'
import { password } from './scene.ts'

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

  async [Symbol.asyncDispose](): Promise<void> {
    await this.phone.close()
    await endShift(this.api)
  }
}
