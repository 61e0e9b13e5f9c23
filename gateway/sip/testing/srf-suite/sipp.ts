import { join } from 'node:path'
import { runSippFile } from '../sipp.ts'
import { suitePlace } from './place.ts'

const { scenarios, server } = suitePlace()
let lastOutput = ''
let calls = 0

/** Stands in for the suite's own `sipp.js`, which runs SIPp in Docker. */
const sipp = {
  output: () => lastOutput,
  async sippUac(file: string): Promise<void> {
    const callId = ['-cid_str', `%u-%p@%s-${++calls}`]
    const { passed } = await runSippFile(join(scenarios, file), { to: server, args: callId })
    return passed.catch((error: Error) => {
      lastOutput = error.message
      throw error
    })
  },
  /** @param address that the container's name was replaced by */
  async sippUas(file: string, address: string): Promise<void> {
    const port = Number(address.split(':')[1])
    const { passed } = await runSippFile(join(scenarios, file), { port })
    return passed
  },
}

const sippOf = () => sipp

export { sippOf as 'module.exports' }
