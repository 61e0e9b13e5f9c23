import { suitePlace } from './place.ts'

/** Stands in for the package `config`: where an application connects. */
export function get(name: string): unknown {
  return { ...suitePlace().admin[name], secret: 'cymru', enablePing: true, pingInterval: 5000 }
}
