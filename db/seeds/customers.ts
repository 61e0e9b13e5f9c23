import type { Customer, Person } from '@ringdown/core/customer'
import { CustomerId, type Language, PersonId } from '@ringdown/core/kernel'
import { companyName, personName } from './names.ts'
import type { Country, NumberBook } from './phone-numbers.ts'
import type { Random } from './random.ts'

export type DemoCustomer = Omit<Customer, 'updatedAt' | 'version'> & { people: Person[] }

const customerCount = 200
const personCount = 500
/** Numbers that two people of different companies share: a caller from one of them must be picked. */
const sharedNumbers = 8

const countries: readonly (readonly [Country, number])[] = [
  ['CN', 78],
  ['HK', 4],
  ['SG', 4],
  ['JP', 4],
  ['US', 4],
  ['GB', 3],
  ['DE', 2],
  ['FR', 1],
]
const titles = {
  zh: ['采购经理', '总经理', '设备主管', '行政助理', '财务主管', '信息部经理', '工程师', '仓库主管'],
  en: ['Purchasing Manager', 'Managing Director', 'Engineer', 'Office Manager', 'Accountant', 'IT Manager'],
}
const preferences = {
  zh: ['上午联系', '希望先发邮件再来电', '普通话，语速慢一些', '只接受固定坐席跟进', ''],
  en: ['Prefers mornings, local time', 'Please e-mail before calling', 'Invoices in English', ''],
}
const streets = ['中山路', '人民路', '科技园', '建设大道', '滨江大道', '工业园区', '高新路']
const foreignCities: Record<Exclude<Country, 'CN'>, string> = {
  HK: 'Kwun Tong, Hong Kong',
  SG: 'Jurong East, Singapore',
  JP: 'Minato-ku, Tokyo',
  US: 'Seattle, WA',
  GB: 'Manchester',
  DE: 'Berlin',
  FR: 'Lyon',
}

/** 200 companies with 500 people. The first is the one that the guided tour calls. */
export function demoCustomers(random: Random, numbers: NumberBook, now: number): DemoCustomer[] {
  const customers = [tourCustomer(random, numbers, now)]
  const names = new Set(customers.map((customer) => customer.name))
  while (customers.length < customerCount) {
    const country = random.weighted(countries)
    const { name, industry } = companyName(random, country)
    if (names.has(name)) continue
    names.add(name)
    customers.push(randomCustomer(random, { name, industry, country, index: customers.length, now }))
  }
  let missing = personCount - customers.reduce((sum, { people }) => sum + people.length, 0)
  for (let i = 1; missing > 0; i = (i % (customers.length - 1)) + 1) {
    // Once for everybody, then more for some.
    const customer = customers[i] as DemoCustomer
    if (customer.people.length > 0 && random.chance(0.4)) continue
    customer.people.push(randomPerson(random, numbers, customer))
    missing -= 1
  }
  shareNumbers(customers)
  return customers
}

/** 华芯电子, code 100237: what README and tests dial in with. */
function tourCustomer(random: Random, numbers: NumberBook, now: number): DemoCustomer {
  const id = CustomerId.parse(random.uuid())
  const mobile = numbers.reserve('+8613900138000', { zh: '北京 移动', en: 'Beijing, mobile' })
  return {
    id,
    code: '100237',
    name: '华芯电子',
    grade: 'A',
    industry: '电子',
    address: '北京市海淀区中关村大街 27 号',
    language: 'zh',
    preferences: '希望先确认库存再报价；工作日 9:00–17:30 联系',
    notes: '年度框架协议客户，电源模块用量大。',
    tags: ['框架协议', '重点客户'],
    createdAt: now - 900 * 86_400_000,
    people: [
      {
        id: PersonId.parse(random.uuid()),
        customerId: id,
        name: '王建国',
        title: '采购经理',
        email: 'wang.jianguo@huaxin.example',
        language: 'zh',
        notes: '',
        phones: [mobile.number],
      },
      {
        id: PersonId.parse(random.uuid()),
        customerId: id,
        name: '陈晓燕',
        title: '行政助理',
        email: 'chen.xiaoyan@huaxin.example',
        language: 'zh',
        notes: '',
        phones: [numbers.landline('CN').number],
      },
    ],
  }
}

function randomCustomer(
  random: Random,
  {
    name,
    industry,
    country,
    index,
    now,
  }: { name: string; industry: string; country: Country; index: number; now: number },
): DemoCustomer {
  const language: Language = country === 'CN' ? 'zh' : 'en'
  return {
    id: CustomerId.parse(random.uuid()),
    code: String(100_300 + index * 7),
    name,
    grade: random.weighted([
      ['A', 15],
      ['B', 35],
      ['C', 40],
      ['D', 10],
    ]),
    industry,
    address: country === 'CN' ? `${random.pick(streets)} ${random.int(1, 980)} 号` : foreignCities[country],
    language,
    preferences: random.pick(preferences[language]),
    notes: '',
    tags: random.chance(0.2) ? [language === 'zh' ? '老客户' : 'long-standing'] : [],
    createdAt: now - random.int(95, 1500) * 86_400_000,
    people: [],
  }
}

function randomPerson(random: Random, numbers: NumberBook, customer: DemoCustomer): Person {
  const country = countryOf(customer)
  const landline = numbers.landline(country).number
  const phones = country === 'CN' && random.chance(0.75) ? [numbers.mobile().number] : [landline]
  if (random.chance(0.25) && !phones.includes(landline)) phones.push(landline)
  return {
    id: PersonId.parse(random.uuid()),
    customerId: customer.id,
    name: personName(random, country),
    title: random.pick(titles[customer.language]),
    email: random.chance(0.6) ? `contact${random.int(100, 999)}@company${customer.code}.example` : null,
    language: customer.language,
    notes: '',
    phones,
  }
}

/** The country shows in the name: every form of company belongs to one. */
function countryOf({ name, language }: DemoCustomer): Country {
  if (language === 'zh') return 'CN'
  const forms = { '(HK) Ltd': 'HK', 'Pte Ltd': 'SG', 'K.K.': 'JP', 'Inc.': 'US', GmbH: 'DE', SAS: 'FR' } as const
  return Object.entries(forms).find(([form]) => name.endsWith(form))?.[1] ?? 'GB'
}

function shareNumbers(customers: readonly DemoCustomer[]): void {
  const chinese = customers.slice(1).filter(({ language }) => language === 'zh')
  for (let i = 0; i < sharedNumbers; i++) {
    const [owner, other] = [chinese[i * 2]?.people[0], chinese[i * 2 + 1]?.people[0]]
    if (owner?.phones[0] && other) other.phones.push(owner.phones[0])
  }
}
