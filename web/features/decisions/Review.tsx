import { Button, Group, TextInput } from '@mantine/core'
import { IconRefreshDot, IconScale } from '@tabler/icons-react'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { WaitingLine } from '../../core/waiting/WaitingLine.tsx'
import { refetchWaiting, type WaitingItem } from '../../core/waiting/waiting.ts'
import { api } from '../../kernel/api.ts'
import { paths } from '../../kernel/paths.ts'
import { useCommand } from '../../kernel/query.ts'
import { reasonOf } from '../../kernel/reason.ts'
import { showDialog } from '../../kernel/show-dialog.ts'
import type { Entry } from '../../kernel/types.ts'
import { Dialog } from '../../kernel/ui/Dialog.tsx'
import { FormError } from '../../kernel/ui/FormError.tsx'
import { review } from './commands.ts'
import classes from './Decisions.module.css'

type Props = { id: string; title: string; close: () => void }

/** What was decided is looked at again and holds; and when to look next. */
function ReviewDialog({ id, title, close }: Props) {
  const { t } = useTranslation('deciding')
  const [next, setNext] = useState('')
  const tomorrow = new Date(Date.now() + 86_400_000).toLocaleDateString('sv-SE')
  const go = useCommand({
    run: () => review(id, next || null),
    done: () => {
      refetchWaiting()
      close()
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    go.mutate()
  }
  return (
    <Dialog close={close} title={t('still_holds')}>
      <p className={classes.reason} dir="auto">{title}</p>
      <form onSubmit={submit}>
        <TextInput type="date" label={t('look_again')} min={tomorrow} value={next} data-autofocus onChange={(event) => setNext(event.currentTarget.value)} />
        <p className="quiet">{t('holds_hint')}</p>
        {go.error && <FormError>{reasonOf(t, go.error)}</FormError>}
        <Group justify="flex-end" mt="lg" gap="sm" wrap="wrap-reverse">
          <Button variant="default" onClick={close}>{t('kernel:cancel')}</Button>
          <Button type="submit" loading={go.isPending}>{t('still_holds')}</Button>
        </Group>
      </form>
    </Dialog>
  )
}

const ask = (id: string, title: string) => void showDialog(async () => ReviewDialog, { id, title })

/** In the thread of what was decided. */
export function StillHolds({ entry }: { entry: Entry }) {
  const { t } = useTranslation('deciding')
  return <button type="button" className={`text-button ${classes.anew}`} onClick={() => ask(entry.id, entry.title)}><IconRefreshDot size={16} stroke={1.75} aria-hidden />{t('still_holds')}</button>
}

/** In the inbox, from its day on. It waits on until it is answered, or decided anew. */
export function ReviewWaiting({ item }: { item: WaitingItem }) {
  const { t } = useTranslation('deciding')
  const title = String(item.facts.title)
  const anew = async () => {
    const entry = await api.get<Entry>(`/entries/${item.id}`)
    void showDialog(() => import('./AnewDialog.tsx').then((file) => file.AnewDialog), { entry })
    refetchWaiting()
  }
  const holds = async () => {
    ask(item.id, title)
    refetchWaiting()
  }
  return (
    <WaitingLine item={item} Icon={IconScale} title={t('review_waiting', { title })} to={paths.entry(item.id)} failed={t('failed')}
      answers={[{ label: t('still_holds'), isMain: true, run: holds }, { label: t('decide_anew'), run: anew }]} />
  )
}
