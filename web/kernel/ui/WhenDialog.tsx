import { Button, TextInput } from '@mantine/core'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { momentAt, sayMoment, shownIn, usualMoments } from '../moments.ts'
import { ownTimeZone, useTimeZone } from '../time-zones.ts'
import { Dialog } from './Dialog.tsx'
import classes from './WhenDialog.module.css'

type Choice = { label: string; at: Date; hint?: string }
type Props = { title: string; action: string; more?: Choice[]; choose: (at: Date) => void; clear?: { label: string; run: () => void }; close: () => void }

/** Asks for a moment: the usual ones with one press, or one's own. By the clock of the person's time zone. */
export function WhenDialog({ title, action, more = [], choose, clear, close }: Props) {
  const { t } = useTranslation('when')
  const zone = useTimeZone()
  const [own, setOwn] = useState('')
  const at = own ? momentAt(zone, own) : null
  const isPast = !!at && at.getTime() <= Date.now()
  const take = (moment: Date) => {
    choose(moment)
    close()
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (at && !isPast) take(at)
  }
  const choices: Choice[] = [...usualMoments(zone).map(({ name, at: moment }) => ({ label: t(name), at: moment })), ...more]
  return (
    <Dialog title={title} close={close} size="sm">
      <ul className={classes.choices}>
        {choices.map(({ label, at: moment, hint }) => (
          <li key={label}>
            <button type="button" className={classes.choice} onClick={() => take(moment)}><span>{label}</span><span className="quiet">{hint ?? sayMoment(t, moment, zone)}</span></button>
          </li>
        ))}
      </ul>
      <form className={classes.own} onSubmit={submit}>
        <TextInput type="datetime-local" label={t('own')} value={own} min={shownIn(zone, Date.now())} onChange={(event) => setOwn(event.currentTarget.value)}
          error={isPast && t('past')} description={zone === ownTimeZone() ? undefined : t('zone', { zone: zone.replaceAll('_', ' ') })} />
        <Button type="submit" disabled={!at || isPast}>{action}</Button>
      </form>
      {clear && <button type="button" className="text-button" onClick={() => { clear.run(); close() }}>{clear.label}</button>}
    </Dialog>
  )
}
