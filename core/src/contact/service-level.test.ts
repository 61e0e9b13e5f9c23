import { describe, expect, it } from 'vitest'
import { serviceLevel, serviceLevelStrict } from './service-level.ts'

/** The trade's example: 1000 answered of which 860 within 20 s, 60 abandoned of which 20 within 20 s. */
const vector = { answered: 1000, abandoned: 60, flowedOut: 0, answeredInTime: 860, abandonedInTime: 20 }

describe('service level', () => {
  it('leaves abandons within the threshold out: 860/1040', () => {
    expect(serviceLevel(vector)).toBeCloseTo(0.827, 3)
  })

  it('counts every abandon against us in the strict form: 860/1060', () => {
    expect(serviceLevelStrict(vector)).toBeCloseTo(0.811, 3)
  })

  it('counts callers who flowed out as not answered in time', () => {
    expect(serviceLevel({ ...vector, flowedOut: 35 })).toBeCloseTo(860 / 1075, 6)
  })

  it('is unknown before the first call, and while all who came left at once', () => {
    const nothing = { answered: 0, abandoned: 0, flowedOut: 0, answeredInTime: 0, abandonedInTime: 0 }
    expect(serviceLevel(nothing)).toBeNull()
    expect(serviceLevelStrict(nothing)).toBeNull()
    expect(serviceLevel({ ...nothing, abandoned: 3, abandonedInTime: 3 })).toBeNull()
  })
})
