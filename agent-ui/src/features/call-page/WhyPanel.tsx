import type { Judged } from '@ringdown/core/acd'
import type { WhyView } from '@ringdown/core/contract'
import type { ContactId } from '@ringdown/core/kernel'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../api/index.ts'
import { Empty, formatDuration, Lines, LoadFailed, Panel } from '../../ui/index.ts'
import { useCatalogue, useWords } from '../catalogue/index.ts'
import { useScoreText } from './use-score-text.ts'
import css from './why.module.css'

type Told = Omit<WhyView['decisions'][number], 'outcome' | 'outcomeAt'>

/** Who was considered at each look at the waiting caller, and what spoke against him. */
export function WhyPanel({ contactId }: { contactId: ContactId }) {
  const { t } = useTranslation()
  const { word } = useWords()
  const why = useApi('readWhy', { params: { contactId } })
  if (why.isError) return <LoadFailed error={why.error} retry={() => void why.refetch()} />
  if (!why.data) return <Lines count={4} />
  const { decisions, now } = why.data
  return (
    <Panel title={t('why.title')}>
      {decisions.length === 0 && !now && <Empty>{t('why.none')}</Empty>}
      {decisions.map((decision) => (
        <Candidates
          key={`${decision.entryId} ${decision.at}`}
          decision={decision}
          outcome={decision.outcome && word('offer', decision.outcome)}
        />
      ))}
      {now && (
        <>
          <p className={css.now}>{t('why.now', { position: now.position, time: formatDuration(now.waitedMs) })}</p>
          <Candidates decision={now} outcome={null} />
        </>
      )}
    </Panel>
  )
}

function Candidates({ decision, outcome }: { decision: Told; outcome: string | null }) {
  const { t } = useTranslation()
  const { agent, queue } = useWords()
  const verdict = useVerdict()
  const score = useScoreText()
  const { strategy, waitedMs, queueId, candidates, parts, others, agentId } = decision
  return (
    <table className={css.decision}>
      <caption>
        {t('why.decision', {
          time: formatDuration(waitedMs),
          queue: queue(queueId),
          strategy: t(`settings.queue.strategies.${strategy}`),
        })}
        {agentId === null && <span>{t('why.nobody')}</span>}
      </caption>
      <thead>
        <tr>
          <th>{t('why.agent')}</th>
          <th>{t('why.verdict')}</th>
          <th>{t('why.score')}</th>
        </tr>
      </thead>
      <tbody>
        {candidates.map((judged) => (
          <tr key={judged.agentId} data-offered={judged.verdict === 'offered' || undefined}>
            <td>{agent(judged.agentId) || judged.agentId.slice(0, 8)}</td>
            <td>
              {verdict(judged)}
              {judged.verdict === 'offered' && outcome && `: ${outcome}`}
            </td>
            <td>{score(parts, judged.score)}</td>
          </tr>
        ))}
        {Object.entries(others).map(([which, count]) => (
          <tr key={which}>
            <td colSpan={3}>{t('why.more', { count, verdict: verdict({ verdict: which as Judged['verdict'] }) })}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function useVerdict() {
  const { t } = useTranslation()
  const { local, word } = useWords()
  const { skills } = useCatalogue()
  return ({ verdict, lacks, state }: Pick<Judged, 'verdict' | 'lacks' | 'state'>) => {
    const skill = skills.find(({ id }) => id === lacks?.skillId)
    return t(`why.verdicts.${verdict}`, {
      skill: skill ? local(skill.name) : '?',
      level: lacks?.level ?? '?',
      state: state === undefined ? '?' : word('state', state),
    })
  }
}
