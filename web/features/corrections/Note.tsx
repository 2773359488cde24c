import { useTranslation } from 'react-i18next'
import type { Corrected } from '../../../server/features/corrections/schema.ts'
import type { Entry } from '../../kernel/types.ts'
// Until the first is shown nothing need know of them.
import './apply.ts'
import classes from './Corrections.module.css'
import { showAll } from './show-all.ts'
import { ICONS, Parts, Step } from './Step.tsx'

export type NoteProps = { entry: Pick<Entry, 'id' | 'author' | 'corrected'>; as?: 'line' | 'card' }

/** What of an entry was wrong: above it, or in short where a line or a card stands for it. */
export function Note({ entry, as }: NoteProps) {
  if (!entry.corrected) return null
  return as ? <Brief corrected={entry.corrected} all={as === 'line'} /> : <Whole entry={entry} corrected={entry.corrected} />
}

/** What was wrong and what is right, by whom and when; the newest alone where there are several. */
function Whole({ entry, corrected: { count, last } }: { entry: NoteProps['entry']; corrected: Corrected }) {
  const { t } = useTranslation('corrections')
  return (
    <section className={classes.note} data-what={last[0].what} aria-label={t(`is.${last[0].what}`)}>
      <Step step={last[0]} author={entry.author} />
      {(count > 1 || last[0].version !== null) && <button type="button" className={`text-button ${classes.all}`} onClick={() => showAll(entry)}>{count > 1 ? t('all_of', { count }) : t('all')}</button>}
    </section>
  )
}

/** The newest of it; with `all` what was said of it before as well. */
function Brief({ corrected: { count, last }, all }: { corrected: Corrected; all?: boolean }) {
  const { t } = useTranslation('corrections')
  const shown = all ? last : last.slice(0, 1)
  return (
    <>
      {shown.map(({ n, what, wrong, right }) => {
        const Icon = ICONS[what]
        return (
          <span key={n} className={classes.brief} data-what={what}>
            <b><Icon size={14} stroke={1.75} aria-hidden /> {t(`is.${what}`)}</b>
            {what === 'correction' && <span className={classes.words} dir="auto"><Parts wrong={wrong} right={right} /></span>}
            {what === 'retraction' && <span className={classes.words} dir="auto">{right}</span>}
          </span>
        )
      })}
      {count > shown.length && <span className={classes.more}>{t('all_of', { count })}</span>}
    </>
  )
}
