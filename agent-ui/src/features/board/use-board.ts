import type { BoardView } from '@ringdown/core/contract'
import { useEffect, useState } from 'react'
import { onConnected, onServerEvent, watchBoard } from '../../realtime/index.ts'

export type LiveBoard = { view: BoardView /** Server clock − this computer's, ms. */; offsetMs: number }

/** The board while a page watches it; told anew after every reconnection. */
export function useBoard(): LiveBoard | null {
  const [live, setLive] = useState<LiveBoard | null>(null)
  useEffect(() => {
    const stops = [
      onServerEvent('board:changed', (view) => setLive({ view, offsetMs: view.at - Date.now() })),
      onConnected(() => void watchBoard(true).catch(() => {})),
    ]
    return () => {
      for (const stop of stops) stop()
      void watchBoard(false).catch(() => {})
    }
  }, [])
  return live
}
