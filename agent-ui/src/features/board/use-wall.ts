import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { paint } from '../../theme.ts'
import { toast } from '../../ui/index.ts'
import { useAppearance } from '../session/index.ts'

/** The board on a wall: full screen, large digits, dark; Escape leaves. */
export function useWall() {
  const { t } = useTranslation()
  const box = useRef<HTMLDivElement>(null)
  const [wall, setWall] = useState(false)
  const chosen = useAppearance()
  useEffect(() => {
    const onChange = () => setWall(document.fullscreenElement !== null)
    document.addEventListener('fullscreenchange', onChange)
    return () => document.removeEventListener('fullscreenchange', onChange)
  }, [])
  useEffect(() => {
    if (!wall) return
    paint('dark')
    const leave = ({ key }: KeyboardEvent) => key === 'Escape' && void document.exitFullscreen()
    document.addEventListener('keydown', leave)
    return () => {
      document.removeEventListener('keydown', leave)
      paint(chosen)
    }
  }, [wall, chosen])
  return {
    box,
    wall,
    /** Escape leaves. */
    enter: () => void box.current?.requestFullscreen().catch(() => toast('error', t('board.wallRefused'))),
  }
}
