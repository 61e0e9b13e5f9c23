/** Default quality without any impairment, ITU-T G.107. */
const BASE_RATING = 93.2
/** Loss robustness of G.711 without concealment, ITU-T G.113 appendix I. */
const LOSS_ROBUSTNESS = 4.3
/** One frame to send and two in the listener's buffer. */
const FIXED_DELAY_MS = 60

/**
 * Mean opinion score of what a leg hears, by the E-model of ITU-T G.107 with its defaults.
 * @param loss share of packets lost, 0..1
 */
export function meanOpinionScore(loss: number, jitterMs: number, roundTripMs: number): number {
  const delay = FIXED_DELAY_MS + roundTripMs / 2 + 2 * jitterMs
  const delayImpairment = 0.024 * delay + (delay > 177.3 ? 0.11 * (delay - 177.3) : 0)
  const percent = loss * 100
  const lossImpairment = (95 * percent) / (percent + LOSS_ROBUSTNESS)
  const rating = Math.max(0, Math.min(100, BASE_RATING - delayImpairment - lossImpairment))
  return Math.max(1, 1 + 0.035 * rating + rating * (rating - 60) * (100 - rating) * 7e-6)
}
