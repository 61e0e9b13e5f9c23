import { z } from 'zod'
import { defineNode, exit, stay } from '../define-node.ts'
import { localMoment } from './local-moment.ts'

const Time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'expected a time such as 09:00')
const Hours = z
  .array(z.tuple([Time, Time]).refine(([from, to]) => from < to, 'must begin before it ends'))
  .max(6)
  .default([])
const Day = z.iso.date()
const config = z.strictObject({
  timeZone: z.string().refine(isTimeZone, 'expected a time zone such as Asia/Shanghai'),
  week: z.strictObject({ mon: Hours, tue: Hours, wed: Hours, thu: Hours, fri: Hours, sat: Hours, sun: Hours }),
  /** Closed whatever the weekday. */
  holidays: z.array(Day).max(400).default([]),
  /** Days with hours of their own, such as make-up workdays (调休); stronger than holidays. */
  special: z.record(Day, Hours).default({}),
})

/** Open or closed at this moment, in the company's time zone. */
export const businessHours = defineNode<z.infer<typeof config>, null>({
  name: 'business-hours',
  config,
  exits: () => ['open', 'closed'],
  enter({ config, at }) {
    const { day, weekday, time } = localMoment(at, config.timeZone)
    const usual = config.holidays.includes(day) ? [] : config.week[weekday]
    const hours = config.special[day] ?? usual
    return exit(hours.some(([from, to]) => from <= time && time < to) ? 'open' : 'closed')
  },
  handle: (_, local) => stay(local),
})

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }) !== undefined
  } catch {
    return false
  }
}
