import { Button } from '@mantine/core'
import { IconPencilPlus } from '@tabler/icons-react'
import { Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { later } from '../../kernel/later.ts'
import { useParam, useSearchParam, useSetSearch } from '../../kernel/route.ts'
import { useShortcuts } from '../../kernel/shortcuts.ts'
import { holdTyping } from '../../kernel/typing.ts'
import { PageHeader } from '../../kernel/ui/PageHeader.tsx'
import { ConversationList } from './ConversationList.tsx'
import { ConversationView } from './ConversationView.tsx'
import classes from './Messages.module.css'

const NewConversation = later(() => import('./NewConversation.tsx').then((file) => file.NewConversation))

/** Direct conversations: the list, and the one that is open. On a phone one of both. */
export function MessagesPage() {
  const { t } = useTranslation('messages')
  const id = useParam('id')
  const [isNew, setIsNew] = useState(false)
  const isAsked = useSearchParam('new') !== undefined
  const setSearch = useSetSearch()
  const start = () => {
    holdTyping()
    setIsNew(true)
  }
  const close = () => {
    setIsNew(false)
    if (isAsked) void setSearch({ new: undefined })
  }
  useShortcuts([{ keys: 'n', label: 'messages:keys.new', group: 'entries:keys.group', run: start }])
  const begin = (
    <Button size="compact-md" variant="default" leftSection={<IconPencilPlus size={16} stroke={1.75} />} onClick={start}>{t('new')}</Button>
  )
  return (
    <div className={classes.page} data-open={id ? 'conversation' : undefined}>
      <section className={classes.side} aria-label={t('title')}>
        {id ? <div className={classes.bar}><h2>{t('title')}</h2>{begin}</div> : <PageHeader title={t('title')} actions={begin} />}
        <ConversationList current={id} begin={begin} />
      </section>
      {id && <ConversationView key={id} id={id} />}
      {(isNew || isAsked) && <Suspense><NewConversation close={close} /></Suspense>}
    </div>
  )
}
