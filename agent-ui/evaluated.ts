import { pathToFileURL } from 'node:url'
import type { Plugin } from 'vite'

/**
 * Files named `*.evaluated.ts` hold plain data computed from the contract. They run here, once, and reach the browser as
 * literals; so zod and every schema stay out of the first load (31 kB gzip).
 */
export const evaluated: Plugin = {
  name: 'ringdown-evaluated',
  apply: 'build',
  enforce: 'pre',
  async load(id) {
    if (!id.endsWith('.evaluated.ts')) return null
    const values = (await import(pathToFileURL(id).href)) as Record<string, unknown>
    return Object.entries(values)
      .map(([name, value]) => `export const ${name} = ${JSON.stringify(value)}`)
      .join('\n')
  },
}
