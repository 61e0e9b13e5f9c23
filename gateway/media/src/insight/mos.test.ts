import { expect, it } from 'vitest'
import { meanOpinionScore } from './mos.ts'

// R by hand: 93.2 − 0.024·d (− 0.11·(d − 177.3) above) − 95·p/(p + 4.3), with d = 60 + RTT/2 + 2·jitter
it.each([
  { loss: 0, jitterMs: 0, roundTripMs: 0, rating: 91.76, mos: 4.39 },
  { loss: 0.01, jitterMs: 0, roundTripMs: 0, rating: 73.84, mos: 3.78 },
  { loss: 0.05, jitterMs: 0, roundTripMs: 0, rating: 40.68, mos: 2.1 },
  { loss: 0, jitterMs: 20, roundTripMs: 200, rating: 85.9, mos: 4.22 },
  { loss: 0, jitterMs: 0, roundTripMs: 600, rating: 64.46, mos: 3.32 },
  { loss: 1, jitterMs: 0, roundTripMs: 0, rating: 0.68, mos: 1 },
])('[IN1] is $mos at R = $rating', ({ loss, jitterMs, roundTripMs, rating, mos }) => {
  const byAnnexB = 1 + 0.035 * rating + rating * (rating - 60) * (100 - rating) * 7e-6
  expect(meanOpinionScore(loss, jitterMs, roundTripMs)).toBeCloseTo(Math.max(1, byAnnexB), 1)
  expect(meanOpinionScore(loss, jitterMs, roundTripMs)).toBeCloseTo(mos, 1)
})
