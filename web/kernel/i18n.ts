import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'

export const LANGUAGES = { en: 'English', de: 'Deutsch' }
export type Language = keyof typeof LANGUAGES

const load: Record<Language, () => Promise<{ default: Record<string, object> }>> = {
  en: () => import('../locales/en.ts'),
  de: () => import('../locales/de.ts'),
}

const KEPT = 'folkmoot.language'

export const i18n = i18next.createInstance()

function isLanguage(name: string | null | undefined): name is Language {
  return !!name && name in LANGUAGES
}

/** The language chosen here before, else the first of the browser's that we have. */
export function preferredLanguage(): Language {
  const kept = localStorage.getItem(KEPT)
  if (isLanguage(kept)) return kept
  return navigator.languages.map((name) => name.split('-')[0]).find(isLanguage) ?? 'en'
}

export async function startI18n() {
  const language = preferredLanguage()
  await i18n.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    resources: { [language]: await catalogue(language) },
    interpolation: { escapeValue: false },
    react: { useSuspense: false },
  })
  document.documentElement.lang = language
}

/** Changes the language of this browser, from the next paint on. */
export async function chooseLanguage(language: Language) {
  const names = await catalogue(language)
  for (const [namespace, texts] of Object.entries(names)) i18n.addResourceBundle(language, namespace, texts)
  await i18n.changeLanguage(language)
  localStorage.setItem(KEPT, language)
  document.documentElement.lang = language
}

async function catalogue(language: Language) {
  const files = (await load[language]()).default
  return Object.fromEntries(Object.entries(files).map(([path, texts]) => [path.slice(path.lastIndexOf('/') + 1, -5), texts]))
}
