import {
  AppstoreOutlined,
  AudioMutedOutlined,
  AudioOutlined,
  CaretRightFilled,
  PauseOutlined,
  PhoneFilled,
  StarOutlined,
  SwapOutlined,
} from '@ant-design/icons'
import type { CallView, CommandInput, CommandName } from '@ringdown/core/contract'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useMatch } from 'react-router'
import { PhoneNumber, Timer } from '../../ui/index.ts'
import { useWords } from '../catalogue/index.ts'
import { useAct, useDesk } from '../desk-state/index.ts'
import { callerTitle } from '../pop/index.ts'
import { useShortcut } from '../shortcuts/index.ts'
import css from './call-dock.module.css'
import { DockButton } from './DockButton.tsx'
import { Keypad } from './Keypad.tsx'
import { TransferTargets } from './TransferTargets.tsx'

/** Caller, timer, and every deed of a call by one click or one key. */
export function OnCall({ call }: { call: CallView }) {
  const { t } = useTranslation()
  const { local } = useWords()
  const { offsetMs } = useDesk()
  const act = useAct()
  const onDesk = useMatch('/') !== null
  const [drawer, setDrawer] = useState<'keypad' | 'transfer' | null>(null)
  const [busy, setBusy] = useState<CommandName | null>(null)
  const { contactId, pop } = call
  const held = call.state === 'held'
  const { name, detail } = callerTitle(pop)

  async function send<K extends CommandName>(command: K, input: CommandInput<K>) {
    if (busy) return
    setBusy(command)
    await act(command, input)
    setBusy(null)
  }
  const toggle = (which: 'keypad' | 'transfer') => setDrawer(drawer === which ? null : which)
  const deeds = {
    hold: () => void send(held ? 'call:resume' : 'call:hold', { contactId }),
    mute: () => void send('call:mute', { contactId, muted: !call.muted }),
    keypad: () => toggle('keypad'),
    transfer: () => toggle('transfer'),
    survey: () => void send('call:send-survey', { contactId }),
    hangUp: () => void send('call:hang-up', { contactId }),
  }
  useShortcut('hold', deeds.hold)
  useShortcut('mute', deeds.mute)
  useShortcut('keypad', deeds.keypad)
  useShortcut('transfer', deeds.transfer)
  useShortcut('survey', deeds.survey)
  useShortcut('hangUp', deeds.hangUp)

  return (
    <>
      <div className={css.caller}>
        <strong>{name ?? t('desk.pop.unknownCaller')}</strong>
        {detail[0] && <span>{detail[0]}</span>}
        <span>
          <PhoneNumber value={pop.caller.number} /> {pop.caller.place && local(pop.caller.place)}
        </span>
        {pop.queue && <span>{local(pop.queue.name)}</span>}
      </div>
      <div className={css.clock}>
        <Timer since={call.answeredAt} offsetMs={offsetMs} className={css.timer as string} />
        <div className={css.flags}>
          <span data-flag={call.state}>{t(`desk.call.${call.state}`)}</span>
          {held && call.heldAt !== null && <Timer since={call.heldAt} offsetMs={offsetMs} />}
          {call.muted && <span data-flag="muted">{t('desk.call.muted')}</span>}
          {call.recording && <span data-flag="recording">{t('desk.call.recording')}</span>}
        </div>
      </div>
      <div className={css.buttons}>
        <DockButton
          testId="hold"
          keys="H"
          icon={held ? <CaretRightFilled /> : <PauseOutlined />}
          label={t(held ? 'desk.call.resume' : 'desk.call.hold')}
          pressed={held}
          disabled={call.state === 'connecting'}
          onClick={deeds.hold}
        />
        <DockButton
          testId="mute"
          keys="M"
          icon={call.muted ? <AudioMutedOutlined /> : <AudioOutlined />}
          label={t(call.muted ? 'desk.call.unmute' : 'desk.call.mute')}
          pressed={call.muted}
          onClick={deeds.mute}
        />
        <DockButton
          testId="keypad"
          keys="D"
          icon={<AppstoreOutlined />}
          label={t('desk.call.keypad')}
          pressed={drawer === 'keypad'}
          onClick={deeds.keypad}
        />
        <DockButton
          testId="transfer"
          keys="T"
          icon={<SwapOutlined />}
          label={t('desk.call.transfer')}
          pressed={drawer === 'transfer'}
          onClick={deeds.transfer}
        />
        <DockButton
          testId="send-survey"
          keys="S"
          icon={<StarOutlined />}
          label={t(call.surveySent ? 'desk.call.surveySent' : 'desk.call.survey')}
          disabled={call.surveySent}
          onClick={deeds.survey}
        />
        <DockButton
          testId="hang-up"
          keys="X"
          icon={<PhoneFilled rotate={225} />}
          label={t('desk.call.hangUp')}
          danger
          onClick={deeds.hangUp}
        />
      </div>
      {drawer === 'keypad' && <Keypad onKey={(digits) => act('call:dtmf', { contactId, digits })} />}
      {drawer === 'transfer' && (
        <TransferTargets
          onChoose={(to) => void send('call:transfer', { contactId, to })}
          onClose={() => setDrawer(null)}
        />
      )}
      {!onDesk && <Link to="/">{t('desk.call.toDesk')}</Link>}
    </>
  )
}
