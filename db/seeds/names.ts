import type { Country } from './phone-numbers.ts'
import type { Random } from './random.ts'

const surnames = [...'王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕']
const givenNames =
  '伟 芳 娜 敏 静 丽 强 磊 军 洋 勇 艳 杰 娟 涛 明 超 秀兰 霞 平 刚 桂英 建国 建华 志强 志远 晓明 晓燕 文博 文静 思远 雨桐 子涵 浩然 欣怡 佳琪 俊杰 宇航 嘉怡 海燕 国庆 红梅 春梅 立新 永康 家豪 婷婷 雪梅 丹 鹏飞'.split(
    ' ',
  )

const foreignNames: Record<Exclude<Country, 'CN'>, readonly [given: string, family: string]> = {
  HK: ['Ka Ming,Wai Yee,Chi Keung,Mei Ling,Siu Fung,Hoi Ching', 'Chan,Wong,Leung,Cheung,Lau,Ho,Ng'],
  SG: ['Wei Jie,Hui Min,Arjun,Priya,Jun Hao,Siti,Rajesh', 'Tan,Lim,Ong,Goh,Nair,Rahman,Koh'],
  JP: ['Haruto,Yuki,Sakura,Kenji,Aiko,Takeshi,Naomi', 'Sato,Suzuki,Takahashi,Tanaka,Ito,Watanabe,Kobayashi'],
  US: ['Emily,Michael,Jessica,David,Ashley,Marcus,Olivia,Daniel', 'Carter,Nguyen,Morales,Reed,Brooks,Hayes,Foster'],
  GB: ['Oliver,Amelia,Harry,Isla,George,Freya,Callum', 'Whitfield,Hughes,Patel,Ashworth,Bennett,Okafor,Doyle'],
  DE: ['Lukas,Anna,Jonas,Katharina,Felix,Miriam,Stefan', 'Brandt,Hoffmann,Keller,Vogel,Schäfer,Krüger,Neumann'],
  FR: ['Camille,Hugo,Élodie,Antoine,Manon,Julien', 'Lefèvre,Moreau,Girard,Rousseau,Fontaine,Chevalier'],
}

/** A person's name as people of the country write it. */
export function personName(random: Random, country: Country): string {
  if (country === 'CN') return random.pick(surnames) + random.pick(givenNames)
  const [given, family] = foreignNames[country]
  return `${random.pick(given.split(','))} ${random.pick(family.split(','))}`
}

const brands =
  '恒达 瑞科 博远 鼎盛 天行 华锐 中联 金石 海通 星河 正泰达 宏图 联创 永信 佳禾 东升 蓝海 智云 新锐 汇丰源 凯旋 云帆 明辉 光华 启明 泰和 长风 万里 昌盛 德润 安捷 宝丰 康宁 兴业 百川 九州 千禧 众诚 同方达 远景'.split(
    ' ',
  )
const foreignBrands =
  'Harrow,Kestrel,Lindqvist,Ashgrove,Merrion,Calloway,Tidewater,Falkenberg,Granite Peak,Silverbirch,Northgate,Osprey,Pinnacle,Bluehaven,Redwood,Stonebridge'.split(
    ',',
  )

const industries = [
  { zh: '电子', company: '电子科技', en: 'Electronics' },
  { zh: '机械', company: '精密机械', en: 'Machinery' },
  { zh: '医疗器械', company: '医疗器械', en: 'Medical' },
  { zh: '物流', company: '物流', en: 'Logistics' },
  { zh: '食品', company: '食品', en: 'Foods' },
  { zh: '纺织', company: '纺织', en: 'Textiles' },
  { zh: '汽车零部件', company: '汽车零部件', en: 'Automotive' },
  { zh: '新能源', company: '新能源', en: 'Energy' },
  { zh: '软件', company: '软件', en: 'Software' },
  { zh: '建材', company: '建材', en: 'Building Materials' },
] as const

const suffixes: Record<Country, string> = {
  CN: '有限公司',
  HK: '(HK) Ltd',
  SG: 'Pte Ltd',
  JP: 'K.K.',
  US: 'Inc.',
  GB: 'Ltd',
  DE: 'GmbH',
  FR: 'SAS',
}

/** A company's name and industry, in its own language. */
export function companyName(random: Random, country: Country): { name: string; industry: string } {
  const industry = random.pick(industries)
  if (country === 'CN') return { name: random.pick(brands) + industry.company + suffixes.CN, industry: industry.zh }
  return { name: `${random.pick(foreignBrands)} ${industry.en} ${suffixes[country]}`, industry: industry.en }
}
