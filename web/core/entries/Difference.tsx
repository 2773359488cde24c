import { diffWordsWithSpace } from 'diff'
import { useTranslation } from 'react-i18next'

type Part = { value: string; added?: boolean; removed?: boolean }

/** What one text has that the other had not, and the other way about, word by word. */
export const partsBetween = (before: string, after: string, locale: string): Part[] =>
  diffWordsWithSpace(before, after, { intlSegmenter: new Intl.Segmenter(locale, { granularity: 'word' }) })

/** The parts of a text with what was added and taken away; needs the texts of `history`. */
export function Difference({ parts }: { parts: Part[] }) {
  const { t } = useTranslation('history')
  return parts.map((part, at) => part.added
    ? <ins key={at} className="added"><span className="visually-hidden">[{t('added')}: </span>{part.value}<span className="visually-hidden">]</span></ins>
    : part.removed
      ? <del key={at} className="taken-away"><span className="visually-hidden">[{t('taken_away')}: </span>{part.value}<span className="visually-hidden">]</span></del>
      : <span key={at}>{part.value}</span>)
}
