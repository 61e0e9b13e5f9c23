import type { FlowId } from '@ringdown/core/kernel'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, isRefusal, outdate, useApi } from '../../api/index.ts'
import { Empty, failureText, Lines, LoadFailed, Panel, TimeAgo, toast, useDraft } from '../../ui/index.ts'
import css from './settings.module.css'

/** The voice flows; one is open to read and change. */
export function Flows() {
  const { t } = useTranslation()
  const flows = useApi('listFlows', undefined)
  const [chosen, setChosen] = useState<FlowId | null>(null)
  if (flows.isError) return <LoadFailed error={flows.error} retry={() => void flows.refetch()} />
  const open = chosen ?? flows.data?.[0]?.id ?? null
  return (
    <>
      <Panel title={t('settings.flows')} flush>
        {!flows.data ? (
          <Lines count={3} />
        ) : flows.data.length === 0 ? (
          <Empty>{t('settings.flow.none')}</Empty>
        ) : (
          <table className={css.table}>
            <tbody>
              {flows.data.map((flow) => (
                <tr key={flow.id} data-open={flow.id === open || undefined}>
                  <td>
                    <button type="button" onClick={() => setChosen(flow.id)}>
                      {flow.name}
                    </button>
                  </td>
                  <td>{flow.number ? `${t('settings.flow.number')} ${flow.number}` : t('settings.flow.noNumber')}</td>
                  <td>{t('settings.flow.version', { version: flow.version })}</td>
                  <td>
                    {t('settings.flow.publishedAt')} <TimeAgo at={flow.publishedAt} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </Panel>
      {open && <FlowEditor key={open} flowId={open} />}
    </>
  )
}

function FlowEditor({ flowId }: { flowId: FlowId }) {
  const { t } = useTranslation()
  const flow = useApi('readFlow', { params: { flowId } })
  const [draft, setDraft, dropDraft] = useDraft<string>(`flow:${flowId}`)
  const [failure, setFailure] = useState<{ field: string | undefined; text: string } | null>(null)
  const [busy, setBusy] = useState(false)
  if (flow.isError) return <LoadFailed error={flow.error} retry={() => void flow.refetch()} />
  if (!flow.data) return <Lines count={12} />
  const text = draft ?? JSON.stringify(flow.data.flow, null, 2)

  async function publish() {
    let parsed: unknown
    try {
      parsed = JSON.parse(text)
    } catch (error) {
      return setFailure({ field: undefined, text: t('settings.flow.notJson', { message: (error as Error).message }) })
    }
    setBusy(true)
    setFailure(null)
    try {
      const { version } = await api('publishFlow', { params: { flowId }, body: { flow: parsed } })
      dropDraft()
      toast('success', t('settings.flow.published', { version }))
      void outdate('listFlows', 'readFlow')
    } catch (error) {
      setFailure({ field: isRefusal(error) ? error.field : undefined, text: failureText(t, error) })
    }
    setBusy(false)
  }
  return (
    <Panel
      title={`${t('settings.flow.edit')} · ${t('settings.flow.version', { version: flow.data.version })}`}
      extra={
        <span className={css.deeds}>
          {draft !== undefined && (
            <Button size="small" onClick={dropDraft}>
              {t('settings.flow.discard')}
            </Button>
          )}
          <Button
            type="primary"
            size="small"
            loading={busy}
            disabled={draft === undefined}
            onClick={() => void publish()}
          >
            {t('settings.flow.publish')}
          </Button>
        </span>
      }
    >
      {failure && (
        <div className={css.failure} role="alert">
          {t('settings.flow.refused')} {failure.field && <code>{failure.field.replace(/^flow\./, '')}</code>}
          <pre>{failure.text}</pre>
        </div>
      )}
      <Input.TextArea
        className={css.code as string}
        aria-label={t('settings.flow.edit')}
        spellCheck={false}
        autoSize={{ minRows: 16, maxRows: 32 }}
        value={text}
        onChange={(e) => setDraft(e.target.value)}
      />
      <small>{t(draft === undefined ? 'settings.flow.hint' : 'settings.flow.draftKept')}</small>
    </Panel>
  )
}
