import { Checkbox, NativeSelect, TextInput } from '@mantine/core'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { FEWEST_SHOWN, METHODS, type Method, MOST_OPTIONS } from '../../../server/features/polls/policy.ts'
import type { FieldsProps } from '../../core/entries/kinds.ts'
import { OptionLines } from '../../core/entries/options/OptionLines.tsx'
import { momentAt, shownIn } from '../../kernel/moments.ts'
import { useTimeZone } from '../../kernel/time-zones.ts'
import classes from './Polls.module.css'

type Facts = { options?: string[]; method?: Method; closes_at?: string; anonymous?: boolean; hidden?: boolean }

const WEEK = 7 * 86_400_000
// What explains a field stands below it, so that fields side by side are level.
const BELOW: ('label' | 'input' | 'description' | 'error')[] = ['label', 'input', 'description', 'error']

/** What is asked beside the words: what can be chosen, how many of it, until when, and who is told what. */
export function PollFields({ facts, setFacts }: FieldsProps) {
  const { t } = useTranslation('poll-cards')
  const zone = useTimeZone()
  const given = facts as Facts
  const { method = 'single', anonymous = false, hidden = false } = given
  const change = (more: Facts) => setFacts({ ...given, ...more })
  useEffect(() => {
    if (!given.closes_at) change({ method, closes_at: momentAt(zone, `${shownIn(zone, Date.now() + WEEK).slice(0, 10)}T17:00`).toISOString() })
  }, [given.closes_at])
  const take = (shown: string) => shown && change({ closes_at: momentAt(zone, shown).toISOString() })
  return (
    <div className={classes.fields}>
      <OptionLines most={MOST_OPTIONS} options={(given.options ?? []).map((text) => ({ text }))} onChange={(options) => change({ options: options.map(({ text }) => text) })} />
      <div className={classes.pair}>
        <NativeSelect inputWrapperOrder={BELOW} label={t('method_label')} value={method} onChange={(event) => change({ method: event.currentTarget.value as Method })}
          data={METHODS.map((value) => ({ value, label: t(`method.${value}`) }))} description={method === 'ranked' ? t('schulze') : undefined} />
        <TextInput type="datetime-local" inputWrapperOrder={BELOW} label={t('closes_at')} description={t('zone', { zone: zone.replaceAll('_', ' ') })} min={shownIn(zone, Date.now())}
          value={given.closes_at ? shownIn(zone, Date.parse(given.closes_at)) : ''} onChange={(event) => take(event.currentTarget.value)} />
      </div>
      <Checkbox size="sm" label={t('make_anonymous')} description={t('make_anonymous_hint', { count: FEWEST_SHOWN })} checked={anonymous} onChange={(event) => change({ anonymous: event.currentTarget.checked })} />
      <Checkbox size="sm" label={t('hide')} checked={hidden || anonymous} disabled={anonymous} onChange={(event) => change({ hidden: event.currentTarget.checked })} />
    </div>
  )
}
