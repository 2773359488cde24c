import { Button, TextInput } from '@mantine/core'
import { IconPencil } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { MOST_OPTIONS } from '../../../server/features/decisions/policy.ts'
import { type OptionLine, OptionLines } from '../../core/entries/options/OptionLines.tsx'
import { momentAt, shownIn } from '../../kernel/moments.ts'
import { useTimeZone } from '../../kernel/time-zones.ts'
import { useAct } from './Act.tsx'
import { amend } from './commands.ts'
import type { DecisionFacts } from './queries.ts'
import classes from './Decisions.module.css'

/** For whoever proposed it: other options while nobody has taken a position, and a later end. */
export function Amend({ id, facts }: { id: string; facts: DecisionFacts }) {
  const { t } = useTranslation(['deciding', 'kernel'])
  const [isOpen, setIsOpen] = useState(false)
  if (!isOpen) return <button type="button" className={`text-button ${classes.anew}`} onClick={() => setIsOpen(true)}><IconPencil size={16} stroke={1.75} aria-hidden />{t(facts.taken ? 'amend_end' : 'amend')}</button>
  return <Form id={id} facts={facts} close={() => setIsOpen(false)} />
}

function Form({ id, facts, close }: { id: string; facts: DecisionFacts; close: () => void }) {
  const { t } = useTranslation(['deciding', 'kernel'])
  const zone = useTimeZone()
  const shown = shownIn(zone, Date.parse(facts.closes_at))
  const [options, setOptions] = useState<OptionLine[]>(facts.options)
  const [end, setEnd] = useState(shown)
  const { act, isBusy, problem } = useAct()
  const change = { ...(!facts.taken && { options }), ...(end && end !== shown && { closes_at: momentAt(zone, end).toISOString() }) }
  return (
    <form className={classes.ballot} onSubmit={(event) => { event.preventDefault(); void act(() => amend(id, change), close) }}>
      {!facts.taken && <OptionLines most={MOST_OPTIONS} options={facts.options} onChange={setOptions} />}
      <TextInput type="datetime-local" label={t('closes_at')} description={t('zone', { zone: zone.replaceAll('_', ' ') })} value={end} min={facts.taken ? shown : undefined} onChange={(event) => setEnd(event.currentTarget.value)} />
      {problem}
      <div className={classes.row}><Button type="submit" loading={isBusy}>{t('amend_send')}</Button><button type="button" className="text-button" onClick={close}>{t('kernel:cancel')}</button></div>
    </form>
  )
}
