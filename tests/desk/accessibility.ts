import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Page } from 'playwright-core'

const axe = readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/**
 * What axe finds serious or critical on a page as it is now, one line per element; the dark colours are looked at too.
 * Needs a page whose theme follows the system.
 */
export async function seriousFindings(page: Page): Promise<string[]> {
  await page.evaluate(await axe)
  // A colour on its way to another one is nobody's colour.
  await page.addStyleTag({ content: '* { transition: none !important; animation: none !important }' })
  const all = await run(page)
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.locator('html[data-appearance=dark]').waitFor()
  const dark = await run(page, 'color-contrast')
  await page.emulateMedia({ colorScheme: 'light' })
  await page.locator('html[data-appearance=light]').waitFor()
  return [...all, ...dark.map((line) => `dark: ${line}`)]
}

async function run(page: Page, onlyRule?: string): Promise<string[]> {
  const options = { resultTypes: ['violations'], ...(onlyRule && { runOnly: [onlyRule] }) }
  const { violations } = await page.evaluate<AxeResults>(`axe.run(document, ${JSON.stringify(options)})`)
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`))
}

/** How many pixels of the page do not fit, sideways. */
export const sidewaysOverflow = (page: Page): Promise<number> =>
  page.evaluate<number>(
    `Math.max(...[document.documentElement, document.querySelector('main')].map((e) => e.scrollWidth - e.clientWidth))`,
  )
