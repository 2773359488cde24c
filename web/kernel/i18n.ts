import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'

export const LANGUAGES = { en: 'English', de: 'Deutsch' }
export type Language = keyof typeof LANGUAGES

type Texts = { first: Record<string, object>; later: Record<string, () => Promise<object>> }
const load: Record<Language, () => Promise<Texts>> = {
  en: () => import('../locales/en.ts'),
  de: () => import('../locales/de.ts'),
}
const wanted = new Set<string>()

const KEPT = 'folkmoot.language'

export const i18n = i18next.createInstance()

function isLanguage(name: string | null | undefined): name is Language {
  return !!name && name in LANGUAGES
}

/** The language chosen here before, else that of the network, where it has one, else the first of the browser's that we have. */
export function preferredLanguage(): Language {
  const kept = localStorage.getItem(KEPT)
  if (isLanguage(kept)) return kept
  const ofNetwork = document.documentElement.dataset.language
  if (isLanguage(ofNetwork)) return ofNetwork
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

/** Takes the language that somebody chose elsewhere, where none was chosen in this browser. */
export async function followLanguage(language: Language | null | undefined) {
  if (isLanguage(language) && !isLanguage(localStorage.getItem(KEPT)) && language !== i18n.language) await chooseLanguage(language)
}

/** Changes the language of this browser, from the next paint on. */
export async function chooseLanguage(language: Language) {
  const names = await catalogue(language)
  for (const [namespace, texts] of Object.entries(names)) i18n.addResourceBundle(language, namespace, texts)
  await i18n.changeLanguage(language)
  localStorage.setItem(KEPT, language)
  document.documentElement.lang = language
}

/** Fetches the texts of namespaces that are not part of the first view; before a page that shows them. */
export async function loadTexts(names: string[]) {
  for (const name of names) wanted.add(name)
  const language = i18n.language as Language
  const missing = names.filter((name) => !i18n.hasResourceBundle(language, name))
  const { later } = await load[language]()
  await Promise.all(missing.map(async (name) => i18n.addResourceBundle(language, name, await later[`./${language}/later/${name}.json`]())))
}

async function catalogue(language: Language): Promise<Record<string, object>> {
  const { first, later } = await load[language]()
  const opened = Object.entries(later).filter(([path]) => wanted.has(nameOf(path)))
  const rest = await Promise.all(opened.map(async ([path, fetch]) => [nameOf(path), await fetch()]))
  return Object.fromEntries([...Object.entries(first).map(([path, texts]) => [nameOf(path), texts]), ...rest])
}

const nameOf = (path: string) => path.slice(path.lastIndexOf('/') + 1, -'.json'.length)
