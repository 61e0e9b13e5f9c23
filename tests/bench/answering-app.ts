import Srf from 'drachtio-srf'

/** The smallest application on drachtio-srf: answers every call and lets it be hung up. `answering-app.ts <host> <port> <secret>` */
const [host = '', port = '', secret = ''] = process.argv.slice(2)
const localSdp = [
  ...['v=0', 'o=- 1 1 IN IP4 127.0.0.1', 's=-', 'c=IN IP4 127.0.0.1', 't=0 0'],
  ...['m=audio 40000 RTP/AVP 8', 'a=rtpmap:8 PCMA/8000', ''],
].join('\r\n')

const srf = new Srf()
srf.on('connect', (error: unknown, hostports: unknown) => {
  if (error) throw error
  console.log(JSON.stringify({ msg: 'ready', hostports: String(hostports) }))
})
srf.connect({ host, port: Number(port), secret })
srf.invite((req: Srf.SrfRequest, res: Srf.SrfResponse) => {
  srf.createUAS(req, res, { localSdp }, (error: unknown, dialog: Srf.Dialog) => {
    if (!error) dialog.on('destroy', () => {})
  })
})
