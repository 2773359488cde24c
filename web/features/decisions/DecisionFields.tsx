import { Checkbox, NativeSelect, TextInput } from '@mantine/core'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { METHODS, type Method, MOST_OPTIONS } from '../../../server/features/decisions/policy.ts'
import type { FieldsProps } from '../../core/entries/kinds.ts'
import { OptionLines } from '../../core/entries/options/OptionLines.tsx'
import { PeoplePicker } from '../../core/people/PeoplePicker.tsx'
import { momentAt, shownIn } from '../../kernel/moments.ts'
import { useMe } from '../../kernel/session.tsx'
import { useTimeZone } from '../../kernel/time-zones.ts'
import classes from './Decisions.module.css'

type Facts = { options?: string[]; method?: Method; closes_at?: string; review_on?: string; deciders?: string[]; decider?: string; supersedes?: string }

const DAY = 86_400_000

/** What is proposed beside the words: what can be chosen, how and by whom it is decided, and until when. */
export function DecisionFields({ facts, setFacts }: FieldsProps) {
  const { t } = useTranslation('deciding')
  const me = useMe()
  const zone = useTimeZone()
  const given = facts as Facts
  const method = given.method ?? 'consent'
  const change = (more: Partial<Facts>) => setFacts(cleaned({ ...given, ...more }))
  // A week from now, in the afternoon: what is proposed on the spot leaves time to those who sleep now.
  useEffect(() => {
    if (!given.closes_at) change({ method, closes_at: momentAt(zone, `${shownIn(zone, Date.now() + 7 * DAY).slice(0, 10)}T17:00`).toISOString() })
  }, [given.closes_at])
  const take = (shown: string) => shown && change({ closes_at: momentAt(zone, shown).toISOString() })
  return (
    <div className={classes.fields}>
      <OptionLines most={MOST_OPTIONS} options={(given.options ?? []).map((text) => ({ text }))} onChange={(options) => change({ options: options.map(({ text }) => text) })} />
      <div className={classes.pair}>
        <NativeSelect label={t('how')} value={method} onChange={(event) => change({ method: event.currentTarget.value as Method, decider: undefined })}
          data={METHODS.map((value) => ({ value, label: t(`method.${value}`) }))} description={t(`explained.${method}`)} />
        <div>
          <TextInput type="datetime-local" label={t('closes_at')} description={t('zone', { zone: zone.replaceAll('_', ' ') })} min={shownIn(zone, Date.now())} value={given.closes_at ? shownIn(zone, Date.parse(given.closes_at)) : ''} onChange={(event) => take(event.currentTarget.value)} />
          <TextInput type="date" label={t('review_on')} value={given.review_on ?? ''} min={shownIn(zone, Date.now()).slice(0, 10)} onChange={(event) => change({ review_on: event.currentTarget.value || undefined })} />
        </div>
      </div>
      {method === 'decider'
        ? <Named label={t('decider')} me={me.id} value={given.decider ? [given.decider] : []} onChange={(ids) => change({ decider: ids.at(-1) })} own={t('decider_me')} />
        : <Named label={t('deciders')} description={t('deciders_hint')} me={me.id} value={given.deciders ?? []} onChange={(ids) => change({ deciders: ids.length ? ids : undefined })} own={t('deciders_me')} />}
    </div>
  )
}

const cleaned = (facts: Facts): Facts => Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined))

type NamedProps = { label: string; description?: string; me: string; value: string[]; onChange: (ids: string[]) => void; own: string }

/** People who are named; oneself is one press. */
function Named({ label, description, me, value, onChange, own }: NamedProps) {
  const others = value.filter((id) => id !== me)
  return (
    <div>
      <PeoplePicker label={label} description={description} value={others} onChange={(ids) => onChange([...(value.includes(me) ? [me] : []), ...ids])} />
      <Checkbox size="sm" mt={6} label={own} checked={value.includes(me)} onChange={(event) => onChange(event.currentTarget.checked ? [...others, me] : others)} />
    </div>
  )
}
