import { isMainThread } from 'node:worker_threads'

/**
 * Preloaded into every process of ours. The IPC channel to the supervisor closes when the supervisor is gone, even by
 * kill -9: then this process ends too, politely first.
 */
const politeMs = 5000

if (isMainThread && process.channel) {
  process.once('disconnect', () => {
    setTimeout(() => process.exit(1), politeMs).unref()
    process.kill(process.pid, 'SIGTERM')
  })
  // the channel alone must not keep a process alive that has finished
  process.channel.unref()
}
