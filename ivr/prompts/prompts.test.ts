import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { waitAnnouncement } from '@ringdown/ivr'
import { describe, expect, it } from 'vitest'
import { promptTexts } from './index.ts'

const flowDir = join(import.meta.dirname, '../flows')
const sentenceFields = new Set(['prompts', 'invalid', 'noInput', 'csat', 'nps'])

describe('prompt texts', () => {
  it('are named in kebab case', () => {
    expect(Object.keys(promptTexts).filter((key) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(key))).toEqual([])
  })

  it('hold no digits: the synthesiser misreads them', () => {
    expect(Object.values(promptTexts).filter(({ zh, en }) => /\d/.test(zh + en))).toEqual([])
  })

  it.each(readdirSync(flowDir).filter((name) => name.endsWith('.json')))('exist for all that %s says', (name) => {
    const said = sentencesOf(JSON.parse(readFileSync(join(flowDir, name), 'utf8')))
    expect(said.length).toBeGreaterThan(0)
    expect(said.filter((key) => !(key in promptTexts))).toEqual([])
  })

  it('exist for all that a waiting caller is told', () => {
    const places = [1, 2, 100, 101]
    const waits = [null, 1_000, 90_000, 59 * 60_000, 61 * 60_000]
    const parts = places.flatMap((place) => waits.flatMap((wait) => waitAnnouncement(place, wait)))
    const keys = parts.flatMap((part) => ('key' in part ? [part.key] : [`num-${part.number}`]))
    expect(keys.filter((key) => !(key in promptTexts))).toEqual([])
  })
})

/** Every sentence a flow names, wherever its nodes keep them. */
function sentencesOf(value: unknown, field = ''): string[] {
  if (typeof value === 'string') return sentenceFields.has(field) ? [value.replace(/@(zh|en)$/, '')] : []
  if (Array.isArray(value)) return value.flatMap((item) => sentencesOf(item, field))
  if (value === null || typeof value !== 'object') return []
  return Object.entries(value).flatMap(([name, inner]) => sentencesOf(inner, name))
}
