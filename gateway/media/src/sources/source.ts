import type { G711 } from '../codec/g711.ts'

/** Where a leg's own audio comes from, frame by frame. */
export type Source = {
  /**
   * Writes the next 20 ms of linear samples.
   * @param tick number of the engine's tick, the same for all legs
   * @returns false when there is no more; `into` is then untouched
   */
  read(into: Int16Array, tick: number): boolean
  /** The same frame ready-made, for sources that many legs share. */
  encoded?(codec: G711, tick: number): Buffer
}
