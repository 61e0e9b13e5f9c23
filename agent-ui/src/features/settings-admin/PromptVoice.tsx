import { DeleteOutlined, PlayCircleOutlined, UploadOutlined } from '@ant-design/icons'
import type { Prompt } from '@ringdown/core/contract'
import type { Language } from '@ringdown/core/kernel'
import { Button } from 'antd'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { api, outdate, upload } from '../../api/index.ts'
import css from './settings.module.css'
import { useSave } from './use-save.ts'

const PATH = '/api/prompts/{language}/{key}/audio'

/** One prompt in one language: its words, the voice to listen to, a recording to put in its place or to take away. */
export function PromptVoice({ prompt: { key, text, uploadedAt }, language }: { prompt: Prompt; language: Language }) {
  const { t } = useTranslation()
  const file = useRef<HTMLInputElement>(null)
  const { busy, failure, save } = useSave()
  const recorded = uploadedAt[language] !== null
  const refresh = () => void outdate('listPrompts')
  const play = () => void new Audio(`/api/prompts/${language}/${key}/audio?at=${uploadedAt[language] ?? 0}`).play()
  const put = (chosen: File | undefined) =>
    chosen && void save(() => upload(PATH, { language, key }, chosen, 'audio/wav'), refresh)
  const forget = () => void save(() => api('removePromptAudio', { params: { language, key } }), refresh)
  const name = `${key} ${t(`settings.prompt.${language}`)}`
  return (
    <div className={css.voice}>
      <Button
        type="text"
        icon={<PlayCircleOutlined />}
        aria-label={`${t('settings.prompt.play')} ${name}`}
        onClick={play}
      />
      <span lang={language}>
        {text[language]}
        {recorded && <small>{t('settings.prompt.recorded')}</small>}
        {failure && <em role="alert">{failure.text}</em>}
      </span>
      <Button
        type="text"
        icon={<UploadOutlined />}
        loading={busy}
        aria-label={`${t('settings.prompt.upload')} ${name}`}
        title={t('settings.prompt.uploadHint')}
        onClick={() => file.current?.click()}
      />
      {recorded && (
        <Button
          type="text"
          icon={<DeleteOutlined />}
          aria-label={`${t('settings.prompt.forget')} ${name}`}
          title={t('settings.prompt.forget')}
          onClick={forget}
        />
      )}
      <input
        ref={file}
        type="file"
        hidden
        accept=".wav,audio/wav"
        onChange={(e) => {
          put(e.target.files?.[0])
          e.target.value = ''
        }}
      />
    </div>
  )
}
