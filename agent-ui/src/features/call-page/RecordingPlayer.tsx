import { CaretRightFilled, DownloadOutlined, PauseOutlined } from '@ant-design/icons'
import type { RecordingView } from '@ringdown/core/contract'
import { Button } from 'antd'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../api/index.ts'
import { type Channel, formatDuration, Lines, LoadFailed, Waveform } from '../../ui/index.ts'
import css from './call-page.module.css'

const SPEEDS = [1, 1.25, 1.5, 2]

/** The recording with both voices apart: see who speaks, jump there, listen faster. */
export function RecordingPlayer({ recording }: { recording: RecordingView }) {
  const { t } = useTranslation()
  const ready = recording.state === 'ready'
  const peaks = useApi(
    'readPeaks',
    { params: { recordingId: recording.id } },
    { enabled: ready, staleTime: Number.POSITIVE_INFINITY },
  )
  const audio = useRef<HTMLAudioElement>(null)
  const [playing, setPlaying] = useState(false)
  const [seconds, setSeconds] = useState(0)
  const [speed, setSpeed] = useState(1)
  const length = recording.durationMs / 1000
  const source = `/api/recordings/${recording.id}/audio`
  const channels = useMemo<Channel[]>(
    () => [
      { name: t('records.contact.callerChannel'), peaks: peaks.data?.left ?? [], colour: '--c-talking' },
      { name: t('records.contact.agentChannel'), peaks: peaks.data?.right ?? [], colour: '--c-available' },
    ],
    [peaks.data, t],
  )
  useEffect(() => {
    if (!playing) return
    let frame = requestAnimationFrame(function tick() {
      setSeconds(audio.current?.currentTime ?? 0)
      frame = requestAnimationFrame(tick)
    })
    return () => cancelAnimationFrame(frame)
  }, [playing])

  if (!ready) return <p className={css.quiet}>{t(`records.contact.recordingState.${recording.state}`)}</p>
  if (peaks.isError) return <LoadFailed error={peaks.error} retry={() => void peaks.refetch()} />
  const seek = (share: number) => {
    if (!audio.current) return
    audio.current.currentTime = share * length
    setSeconds(share * length)
  }
  const toggle = () => void (playing ? audio.current?.pause() : audio.current?.play())
  return (
    <div className={css.player} data-testid="recording-player">
      {/* biome-ignore lint/a11y/useMediaCaption: a telephone call has no captions */}
      <audio
        ref={audio}
        src={source}
        preload="metadata"
        onPlay={() => setPlaying(true)}
        onPause={() => setPlaying(false)}
        onEnded={() => setPlaying(false)}
      />
      <div className={css.wave}>
        <div className={css.channels}>
          {channels.map((c) => (
            <span key={c.name} style={{ color: `var(${c.colour})` }}>
              {c.name}
            </span>
          ))}
        </div>
        {peaks.data ? (
          <Waveform
            channels={channels}
            at={length > 0 ? Math.min(1, seconds / length) : 0}
            name={t('records.contact.seek')}
            valueText={formatDuration(seconds * 1000)}
            onSeek={seek}
          />
        ) : (
          <Lines count={3} />
        )}
      </div>
      <div className={css.controls}>
        <Button
          shape="circle"
          type="primary"
          icon={playing ? <PauseOutlined /> : <CaretRightFilled />}
          aria-label={t(playing ? 'records.contact.pause' : 'records.contact.play')}
          onClick={toggle}
        />
        <span className="timer">
          {formatDuration(seconds * 1000)} / {formatDuration(recording.durationMs)}
        </span>
        <span className={css.speeds}>
          {SPEEDS.map((each) => (
            <button
              key={each}
              type="button"
              aria-pressed={each === speed}
              aria-label={`${t('records.contact.speed')} ${each}`}
              onClick={() => {
                setSpeed(each)
                if (audio.current) audio.current.playbackRate = each
              }}
            >
              {each}×
            </button>
          ))}
        </span>
        <a href={source} download={`${recording.id}.wav`}>
          <DownloadOutlined /> {t('records.contact.download')}
        </a>
      </div>
    </div>
  )
}
