import { useEffect, useRef } from 'react'
import css from './headset.module.css'
import { readLevel } from './level.ts'

const BARS = 6
const EVERY_MS = 80

/** Bars that follow the microphone; drawn past React, for nothing else on the page depends on them. */
export function MeterBars({ live, wide = false }: { live: boolean; wide?: boolean }) {
  const box = useRef<HTMLSpanElement>(null)
  useEffect(() => {
    const bars = box.current
    if (!live || !bars) return
    const timer = setInterval(() => {
      const lit = Math.round(readLevel() * bars.childElementCount)
      for (const [i, bar] of [...bars.children].entries()) bar.toggleAttribute('data-lit', i < lit)
    }, EVERY_MS)
    return () => {
      clearInterval(timer)
      for (const bar of bars.children) bar.removeAttribute('data-lit')
    }
  }, [live])
  return (
    <span ref={box} className={wide ? css.wideBars : css.bars} aria-hidden="true">
      {Array.from({ length: wide ? BARS * 4 : BARS }, (_, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: identical bars without identity
        <i key={i} />
      ))}
    </span>
  )
}
