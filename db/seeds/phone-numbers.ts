import type { Localized } from '@ringdown/core/kernel'
import type { Random } from './random.ts'

export type Country = 'CN' | 'HK' | 'SG' | 'JP' | 'US' | 'GB' | 'DE' | 'FR'
export type DemoNumber = { number: string; place: Localized }

/** A number of `prefix` and `length` more digits, the first of them out of `first`. Nobody asked who really owns it. */
type Range = { prefix: string; first: string; length: number; zh: string; en: string }
const range = (prefix: string, first: string, length: number, zh: string, en: string): Range => ({
  prefix,
  first,
  length,
  zh,
  en,
})

const chineseLandlines = [
  range('+86106', '2468', 7, '北京', 'Beijing'),
  range('+8621', '56', 8, '上海', 'Shanghai'),
  range('+8620', '38', 8, '广州', 'Guangzhou'),
  range('+86755', '28', 8, '深圳', 'Shenzhen'),
  range('+86571', '8', 8, '杭州', 'Hangzhou'),
  range('+8628', '68', 8, '成都', 'Chengdu'),
  range('+8627', '58', 8, '武汉', 'Wuhan'),
]
const chineseMobiles = ['135', '136', '137', '138', '139', '150', '151', '158', '159', '182', '186', '188'].map(
  (prefix) => range(`+86${prefix}`, '0123456789', 8, '中国 移动电话', 'China, mobile'),
)

/** Abroad, numbers set aside for films where there are any. */
const landlines: Record<Country, readonly Range[]> = {
  CN: chineseLandlines,
  HK: [range('+8522', '1345678', 7, '香港', 'Hong Kong')],
  SG: [range('+656', '25', 7, '新加坡', 'Singapore')],
  JP: [range('+813', '35', 8, '日本东京', 'Tokyo, Japan'), range('+816', '6', 8, '日本大阪', 'Osaka, Japan')],
  US: [
    range('+121255501', '0123456789', 2, '美国纽约', 'New York, US'),
    range('+141555501', '0123456789', 2, '美国旧金山', 'San Francisco, US'),
    range('+120655501', '0123456789', 2, '美国西雅图', 'Seattle, US'),
  ],
  GB: [
    range('+442079460', '0123456789', 3, '英国伦敦', 'London, UK'),
    range('+441614960', '0123456789', 3, '英国曼彻斯特', 'Manchester, UK'),
  ],
  DE: [range('+493023125', '0123456789', 3, '德国柏林', 'Berlin, Germany')],
  FR: [range('+3319900', '0123456789', 4, '法国巴黎', 'Paris, France')],
}

/** Draws numbers in E.164, each one only once. */
export class NumberBook {
  readonly #taken = new Map<string, Localized>()
  readonly #random: Random

  constructor(random: Random) {
    this.#random = random
  }

  /** Takes a given number. */
  reserve(number: string, place: Localized): DemoNumber {
    this.#taken.set(number, place)
    return { number, place }
  }

  landline(country: Country): DemoNumber {
    return this.#draw(landlines[country])
  }

  mobile(): DemoNumber {
    return this.#draw(chineseMobiles)
  }

  placeOf(number: string): Localized | null {
    return this.#taken.get(number) ?? null
  }

  #draw(ranges: readonly Range[]): DemoNumber {
    for (;;) {
      const { prefix, first, length, zh, en } = this.#random.pick(ranges)
      const number = prefix + this.#random.pick([...first]) + this.#random.digits(length - 1)
      if (!this.#taken.has(number)) return this.reserve(number, { zh, en })
    }
  }
}
