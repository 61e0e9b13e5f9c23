import { type KeyboardEvent, useEffect, useRef, useState } from 'react'

export type Channel = {
  name: string /** −1…1, minimum and maximum in turn */
  peaks: readonly number[]
  colour: string
}
type Props = {
  channels: readonly Channel[]
  /** Played share, 0–1. */
  at: number
  name: string
  valueText: string
  onSeek: (share: number) => void
}

const LANE = 44
const STEP = 0.02

/** Channels above each other on a canvas; a click or the arrow keys seek. */
export function Waveform({ channels, at, name, valueText, onSeek }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const [width, setWidth] = useState(0)
  const height = channels.length * LANE

  useEffect(() => {
    const element = canvas.current
    if (!element) return
    const observer = new ResizeObserver(() => setWidth(element.clientWidth))
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  useEffect(() => {
    const element = canvas.current
    if (!element || width === 0) return
    element.width = width * devicePixelRatio
    element.height = height * devicePixelRatio
    const pen = element.getContext('2d')
    if (!pen) return
    const style = getComputedStyle(element)
    pen.scale(devicePixelRatio, devicePixelRatio)
    channels.forEach((channel, lane) => {
      drawLane(pen, channel, lane, width, at, (token) => style.getPropertyValue(token))
    })
  }, [channels, at, width, height])

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowRight') onSeek(Math.min(1, at + STEP))
    else if (event.key === 'ArrowLeft') onSeek(Math.max(0, at - STEP))
    else return
    event.preventDefault()
  }
  return (
    <canvas
      ref={canvas}
      style={{ width: '100%', height, cursor: 'pointer', display: 'block' }}
      role="slider"
      tabIndex={0}
      aria-label={name}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(at * 100)}
      aria-valuetext={valueText}
      onClick={(e) => onSeek(e.nativeEvent.offsetX / e.currentTarget.clientWidth)}
      onKeyDown={onKeyDown}
    />
  )
}

function drawLane(
  pen: CanvasRenderingContext2D,
  { peaks, colour }: Channel,
  lane: number,
  width: number,
  at: number,
  token: (name: string) => string,
): void {
  const middle = lane * LANE + LANE / 2
  const pairs = peaks.length / 2
  for (let x = 0; x < width; x += 3) {
    const from = Math.floor((x / width) * pairs)
    const to = Math.max(from + 1, Math.floor(((x + 3) / width) * pairs))
    let loudest = 0
    for (let i = from; i < to; i++) {
      loudest = Math.max(loudest, Math.abs(peaks[i * 2] ?? 0), Math.abs(peaks[i * 2 + 1] ?? 0))
    }
    const half = Math.max(0.5, loudest * (LANE / 2 - 3))
    pen.fillStyle = token(x / width < at ? colour : '--c-line-strong')
    pen.fillRect(x, middle - half, 2, half * 2)
  }
  pen.fillStyle = token('--c-ink')
  pen.fillRect(at * width, lane * LANE, 1, LANE)
}
