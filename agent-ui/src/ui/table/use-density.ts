import { useState } from 'react'
import { readChoice, writeChoice } from './stored-choice.ts'

/** How high the rows of all tables are. */
export type Density = 'compact' | 'airy'

/** Kept on this computer. */
export function useDensity(): [Density, (density: Density) => void] {
  const [density, setDensity] = useState<Density>(() => readChoice<Density>('density') ?? 'compact')
  return [
    density,
    (next) => {
      writeChoice('density', next)
      setDensity(next)
    },
  ]
}
