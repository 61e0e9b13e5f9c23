import { readFileSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { fileURLToPath } from 'node:url'
import { placed, suitePlace } from './place.ts'

// Loaded before a file of drachtio-srf's own test suite: gives it what it needs without Docker and without its
// development dependencies, and turns the names of its containers into addresses.
const stands: Readonly<Record<string, string>> = { tape: './tape.ts', config: './config.ts', './sipp': './sipp.ts' }
const suite = /\/drachtio-srf\/test\/[^?]*\.js$/
const { addresses } = suitePlace()

registerHooks({
  resolve(specifier, context, next) {
    const stand = suite.test(context.parentURL ?? '') ? stands[specifier] : undefined
    if (stand === undefined) return next(specifier, context)
    return { url: new URL(stand, import.meta.url).href, shortCircuit: true }
  },
  load(url, context, next) {
    if (!suite.test(url)) return next(url, context)
    const source = placed(readFileSync(fileURLToPath(url), 'utf8'), addresses)
    return { format: 'commonjs', source, shortCircuit: true }
  },
})
