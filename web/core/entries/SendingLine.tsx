import { useTranslation } from 'react-i18next'
import type { Entry } from '../../kernel/types.ts'
import { outbox } from './outbox-later.ts'
import { pending } from './sending.ts'
import classes from './EntryItem.module.css'

/** How far something one sent has come, and the way back as long as there is one. */
export function SendingLine({ entry }: { entry: Entry }) {
  const { t } = useTranslation('entries')
  const one = pending.use().find((other) => other.entry.id === entry.id)
  if (!one) return null
  const { key, state } = one
  return (
    <p className={classes.sending}>
      {t(state === 'held' ? 'sent' : state === 'going' ? 'sending' : 'not_sent_yet')}
      {state !== 'going' && <> · <button type="button" className="text-button" onClick={() => void outbox().then(({ takeBack }) => takeBack(key))}>{t(state === 'held' ? 'kernel:undo' : 'take_back')}</button></>}
    </p>
  )
}
