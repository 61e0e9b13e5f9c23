import type { Language } from '@ringdown/core/kernel'
import type { Locale } from 'antd/es/locale'
import dayjs from 'dayjs'
import i18next from 'i18next'
import { useSyncExternalStore } from 'react'
import { initReactI18next } from 'react-i18next'
import type { zh } from './zh/index.ts'

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation'
    resources: { translation: typeof zh }
    returnNull: false
  }
}

/** What a language brings: our texts, Ant Design's, and dayjs' names of days. Loaded when first used. */
const loaders: Record<Language, () => Promise<{ messages: object; antd: Locale }>> = {
  zh: async () => {
    const [{ zh }, antd] = await Promise.all([
      import('./zh/index.ts'),
      import('antd/es/locale/zh_CN'),
      import('dayjs/locale/zh-cn'),
    ])
    return { messages: zh, antd: antd.default }
  },
  en: async () => {
    const [{ en }, antd] = await Promise.all([import('./en/index.ts'), import('antd/es/locale/en_US')])
    return { messages: en, antd: antd.default }
  },
}

const STORED = 'ringdown.language'
const antdLocales = new Map<Language, Locale>()

/** The language before anybody is signed in: the one last used here, else the browser's. */
export function firstLanguage(): Language {
  const stored = localStorage.getItem(STORED)
  if (stored === 'zh' || stored === 'en') return stored
  return navigator.language.toLowerCase().startsWith('zh') ? 'zh' : 'en'
}

/** Switches all texts without a reload. */
export async function switchLanguage(language: Language): Promise<void> {
  if (!antdLocales.has(language)) {
    const { messages, antd } = await loaders[language]()
    antdLocales.set(language, antd)
    i18next.addResourceBundle(language, 'translation', messages)
  }
  dayjs.locale(language === 'zh' ? 'zh-cn' : 'en')
  localStorage.setItem(STORED, language)
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en'
  await i18next.changeLanguage(language)
}

export async function startLanguage(): Promise<void> {
  await i18next.use(initReactI18next).init({
    resources: {},
    fallbackLng: false,
    interpolation: { escapeValue: false },
    react: { useSuspense: false },
  })
  await switchLanguage(firstLanguage())
}

const subscribe = (listener: () => void) => {
  i18next.on('languageChanged', listener)
  return () => i18next.off('languageChanged', listener)
}
const read = (): Language => (i18next.language === 'en' ? 'en' : 'zh')

/** The language that is on the page now. */
export const useLanguage = (): Language => useSyncExternalStore(subscribe, read)
export const antdLocaleOf = (language: Language): Locale | undefined => antdLocales.get(language)
