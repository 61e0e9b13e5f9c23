import Srf from 'drachtio-srf'

/** A back-to-back user agent on drachtio-srf: connects every call to one phone. `connecting-app.ts <host> <port> <secret> <phone's port>` */
const [host = '', port = '', secret = '', phonePort = ''] = process.argv.slice(2)

const srf = new Srf()
srf.on('connect', (error: unknown, hostports: unknown) => {
  if (error) throw error
  console.log(JSON.stringify({ msg: 'ready', hostports: String(hostports) }))
})
srf.connect({ host, port: Number(port), secret })
srf.invite((req: Srf.SrfRequest, res: Srf.SrfResponse) => {
  srf.createB2BUA(req, res, `sip:bench@127.0.0.1:${phonePort}`, {}).then(
    ({ uas, uac }: { uas: Srf.Dialog; uac: Srf.Dialog }) => {
      uas.on('destroy', () => uac.destroy())
      uac.on('destroy', () => uas.destroy())
    },
    () => {},
  )
})
