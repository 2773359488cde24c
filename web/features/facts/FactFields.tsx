import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Confidence, CONFIDENCE, type Value } from '../../../server/features/facts/policy.ts'
import type { FieldsProps } from '../../core/entries/kinds.ts'
import { readValue, sayValue } from './value.ts'
import classes from './Facts.module.css'

type Typed = { value?: Value | null; subject?: string; place?: string; source?: string; seen_at?: string; valid_until?: string; confidence?: Confidence; contradicts?: string; supersedes?: string }

const local = (iso?: string) => (iso ? new Date(Date.parse(iso) - new Date(iso).getTimezoneOffset() * 60_000).toISOString().slice(0, 16) : '')
const moment = (typed: string) => (typed ? new Date(typed).toISOString() : undefined)

/** What stands beside a claim: its value, when it was seen and how sure one is; the rest where it is wanted. */
export function FactFields({ facts, setFacts }: FieldsProps) {
  const { t } = useTranslation('fact-cards')
  const typed = facts as Typed
  const isAnswer = !!(typed.contradicts || typed.supersedes)
  const [text, setText] = useState(() => (typed.value ? sayValue(typed.value) : ''))
  const [isMore, setMore] = useState(() => !!(typed.subject || typed.place || typed.source || typed.valid_until))
  const name = useId()
  const set = (change: Typed) => setFacts(Object.fromEntries(Object.entries({ ...typed, ...change }).filter(([, value]) => value !== undefined && value !== '' && value !== null)))
  const words = (field: 'subject' | 'place' | 'source', max: number) => (
    <label className={classes.field}>{t(`field.${field}`)}
      <input value={typed[field] ?? ''} maxLength={max} placeholder={t(`hint.${field}`)} onChange={({ target }) => set({ [field]: target.value })} />
    </label>
  )
  return (
    <div className={classes.fields}>
      <label className={classes.field}>{t('field.value')}
        <input value={text} maxLength={200} placeholder={t('hint.value')} onChange={({ target }) => { setText(target.value); set({ value: readValue(target.value) }) }} />
      </label>
      <label className={classes.field}>{t('field.seen_at')}
        <input type="datetime-local" value={local(typed.seen_at)} max={local(new Date().toISOString())} title={t('hint.seen_at')} onChange={({ target }) => set({ seen_at: moment(target.value) })} />
      </label>
      <div className={classes.field} role="radiogroup" aria-label={t('field.confidence')}>{t('field.confidence')}
        <span className={classes.choices}>
          {(Object.keys(CONFIDENCE) as Confidence[]).map((one) => (
            <label key={one} className={classes.choice}>
              <input type="radio" name={name} checked={(typed.confidence ?? 'medium') === one} onChange={() => set({ confidence: one })} />{t(`confidence.${one}`)}
            </label>
          ))}
        </span>
      </div>
      {isMore ? (
        <>
          {!isAnswer && words('subject', 200)}
          {!isAnswer && words('place', 120)}
          {words('source', 500)}
          <label className={classes.field}>{t('field.valid_until')}
            <input type="datetime-local" value={local(typed.valid_until)} onChange={({ target }) => set({ valid_until: moment(target.value) })} />
          </label>
        </>
      ) : <button type="button" className={`text-button ${classes.more}`} onClick={() => setMore(true)}>{t(isAnswer ? 'more_answer' : 'more')}</button>}
    </div>
  )
}
