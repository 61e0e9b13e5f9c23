import { readProxyOptions } from '../../proxy/proxy-options.ts'
import { startProxy } from '../../proxy/start-proxy.ts'
import { readAppMessage } from '../app-message.ts'
import type { Command } from '../command.ts'
import { reportTo } from '../proxy-report.ts'

/** `id|proxy|<txnId>|…|<destination>|…` and headers to add: proxy a request from the network (section 4.5). */
export const proxy: Command = (core, app, { id, tokens: [txnId = '', ...rest], message }) => {
  const options = readProxyOptions(rest)
  const text = readAppMessage(message)
  const refused =
    typeof options === 'string'
      ? options
      : typeof text === 'string'
        ? text
        : startProxy(core, txnId, options, text.headers, reportTo(app, id))
  if (refused !== undefined) app.reply(id, `NOK|${refused}`)
  return undefined
}
