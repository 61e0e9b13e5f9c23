import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'
import { evaluated } from './evaluated.ts'
import { en } from './src/i18n/en/index.ts'
import { keyDifferences } from './src/i18n/key-differences.ts'
import { zh } from './src/i18n/zh/index.ts'

/** A text that one language lacks fails the build, not the agent's day. */
const sameKeys: Plugin = {
  name: 'ringdown-same-keys',
  buildStart() {
    const differences = keyDifferences(zh, en)
    if (differences.length > 0) this.error(`the message catalogues differ:\n  ${differences.join('\n  ')}`)
  },
}

const gateway = `http://127.0.0.1:${process.env.RINGDOWN_HTTP_PORT ?? '8080'}`

export default defineConfig(({ command }) => {
  // A build is for people, also when a test runner asks for it: otherwise React would come in its twice as large
  // development form.
  if (command === 'build') process.env.NODE_ENV = 'production'
  return {
    plugins: [evaluated, react(), sameKeys],
    server: {
      host: '127.0.0.1',
      // Host stays as the browser sent it: the gateway compares it with the origin of what changes something.
      proxy: {
        '/api': { target: gateway, changeOrigin: false },
        '/healthz': { target: gateway, changeOrigin: false },
        '/socket.io': { target: gateway, changeOrigin: false, ws: true },
      },
    },
    build: {
      target: 'es2022',
      sourcemap: false,
      rolldownOptions: {
        // core is pure: what nobody uses of it need not come along.
        treeshake: { moduleSideEffects: [{ test: /\/core\/src\//, sideEffects: false }] },
        output: {
          codeSplitting: {
            groups: [
              {
                name: 'react',
                test: /node_modules\/(react|react-dom|scheduler|react-router|cookie-es)\//,
                priority: 3,
              },
              { name: 'charts', test: /node_modules\/(echarts|zrender)\//, priority: 3 },
              // What nearly every page needs comes in one piece, not in fifty.
              {
                name: 'common',
                test: /^(?!.*(antd\/es|@rc-component)\/(select|virtual-list|empty|overflow)\/)/,
                minShareCount: 10,
                priority: 1,
              },
            ],
          },
        },
      },
    },
  }
})
