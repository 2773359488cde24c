import { useTranslation } from 'react-i18next'
import type { Imported } from '../../kernel/types.ts'
import { fullTime } from '../../kernel/ui/TimeAgo.tsx'

/** That something was not written here, but brought: from where, when and by whom. Short where lines stand close. */
export function ImportedMark({ imported, isShort }: { imported: Imported; isShort?: boolean }) {
  const { t } = useTranslation('entries')
  const { at, by, score } = imported
  const date = new Date(at).toLocaleDateString(t('kernel:locale'), { day: 'numeric', month: 'short', year: 'numeric' })
  const from = t(by ? 'imported_by' : 'imported', { source: t(`imported_source.${imported.source}`), date, name: by?.name })
  const judged = (words: string) => (score === undefined ? words : `${words} · ${t('imported_score', { score })}`)
  const said = judged(from)
  return (
    <span title={fullTime(t, at)}>
      {isShort ? <><span aria-hidden title={said}>{judged(t('imported_short'))}</span><span className="visually-hidden">{said}</span></> : said}
    </span>
  )
}
