import { useTranslation } from 'react-i18next'
import { useLanguage } from '../../i18n/index.ts'
import { clockTime } from '../../ui/index.ts'

type Part = number | string

/** The parts of a score in words, those that everybody has by rule left out. */
export function useScoreText() {
  const { t, i18n } = useTranslation()
  const language = useLanguage()
  const text = (part: string, value: Part): string => {
    switch (part) {
      case 'pool':
        return value === 0 ? t('why.own') : t('why.step', { number: value })
      case 'availableSince':
        return clockTime(Number(value), language)
      case 'lastCallEndedAt':
        return value === 0 ? t('why.never') : clockTime(Number(value), language)
      case 'negatedLevels':
        return String(-Number(value))
      case 'round':
        return value === 0 ? t('why.thisRound') : t('why.nextRound')
      case 'place':
        return String(Number(value) + 1)
      default:
        return typeof value === 'number' ? value.toFixed(1) : value
    }
  }
  return (parts: readonly string[], score: readonly Part[]): string =>
    score
      .flatMap((value, i) => {
        const part = parts[i] ?? ''
        const key = `why.parts.${part}`
        return part === 'agentId' || !i18n.exists(key) ? [] : [`${String(i18n.t(key as never))} ${text(part, value)}`]
      })
      .join(' · ')
}
