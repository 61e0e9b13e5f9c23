import { useCallback } from 'react'
import { useLanguage } from '../i18n/index.ts'

const formats = { zh: new Intl.NumberFormat('zh-CN'), en: new Intl.NumberFormat('en-GB') }

/** Writes a figure as the language groups it: `2,000`. */
export function useNumber(): (value: number) => string {
  const language = useLanguage()
  return useCallback((value) => formats[language].format(value), [language])
}
