import { type CallerCandidate, type CallerMatch, matchCaller, type Person } from '@ringdown/core/customer'
import type { Language, Localized } from '@ringdown/core/kernel'
import type { DemoCustomer } from '../customers.ts'
import type { NumberBook } from '../phone-numbers.ts'
import type { Random } from '../random.ts'

/** Who calls in one made-up call. */
export type Caller = {
  number: string
  place: Localized | null
  language: Language
  /** Of the company, if the caller knows it. */
  code: string | null
  byNumber: CallerMatch
  byCode: CallerMatch | null
}

type Employee = { person: Person; customer: DemoCustomer }

/** Draws callers: mostly people we know, some of them often, some strangers. */
export class Callers {
  readonly #people: readonly Employee[]
  readonly #candidates = new Map<string, CallerCandidate[]>()
  readonly #numbers: NumberBook
  readonly #random: Random

  constructor(customers: readonly DemoCustomer[], numbers: NumberBook, random: Random) {
    this.#people = customers.flatMap((customer) => customer.people.map((person) => ({ person, customer })))
    this.#numbers = numbers
    this.#random = random
    for (const { person, customer } of this.#people) {
      for (const number of person.phones) {
        const others = this.#candidates.get(number) ?? []
        this.#candidates.set(number, [...others, candidateOf(customer, person)])
      }
    }
  }

  draw(): Caller {
    const random = this.#random
    if (random.chance(0.12)) return this.#stranger()
    // The power makes the first people of the list regulars; the very first is the tour's buyer, who calls now and then.
    const index = random.chance(0.012) ? 0 : 1 + Math.floor(random.next() ** 1.6 * (this.#people.length - 1))
    const { person, customer } = this.#people[index] as Employee
    const number = random.pick(person.phones)
    const byNumber = this.#candidates.get(number) ?? []
    const code = random.chance(0.6) ? customer.code : null
    const byCode = code ? matchCaller(byNumber, candidateOf(customer, null)) : null
    const place = this.#numbers.placeOf(number)
    return { number, place, language: person.language, code, byNumber: matchCaller(byNumber, null), byCode }
  }

  #stranger(): Caller {
    const { number, place } = this.#random.chance(0.8) ? this.#numbers.mobile() : this.#numbers.landline('CN')
    return { number, place, language: 'zh', code: null, byNumber: { kind: 'none' }, byCode: null }
  }
}

function candidateOf(customer: DemoCustomer, person: Person | null): CallerCandidate {
  return {
    customerId: customer.id,
    personId: person?.id ?? null,
    customerName: customer.name,
    personName: person?.name ?? null,
    grade: customer.grade,
    because: person ? 'number' : 'code',
  }
}
