import { Button, Group, Select, Stack, Textarea } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { sendNow } from '../../core/entries/outbox.ts'
import { useConversations, useMySpaces } from '../../core/spaces/queries.ts'
import { api } from '../../kernel/api.ts'
import { notify } from '../../kernel/notify.ts'
import { useCommand } from '../../kernel/query.ts'
import { reasonOf } from '../../kernel/reason.ts'
import { useMe } from '../../kernel/session.tsx'
import type { Entry, Space } from '../../kernel/types.ts'
import { Dialog } from '../../kernel/ui/Dialog.tsx'
import { FormError } from '../../kernel/ui/FormError.tsx'
import { WritingCards } from './LinkCards.tsx'
import { linkTo } from './menu.ts'
import classes from './Cards.module.css'

/** Links an entry in another place, with words of one's own; says how many can read it there. */
export function ShareDialog({ entry, close }: { entry: Entry; close: () => void }) {
  const { t } = useTranslation('link-previews')
  const places = usePlaces()
  const [to, setTo] = useState<string | null>(null)
  const [words, setWords] = useState('')
  const place = places.all.find(({ id }) => id === to)
  const share = useCommand<Space, Entry>({
    run: (space) => sendNow({ space: space.id, root: null }, { kind: null, facts: {}, title: '', files: [], body: [words.trim(), linkTo(entry)].filter(Boolean).join('\n\n') }),
    done: (_, space) => {
      notify(t('shared', { name: places.nameOf(space) }))
      close()
    },
  })
  const send = (event: FormEvent) => {
    event.preventDefault()
    if (place) share.mutate(place)
  }
  return (
    <Dialog close={close} title={t('share_title')}>
      <form onSubmit={send}>
        <Stack gap="md">
          <Select label={t('share_to')} placeholder={t('share_find')} searchable data={places.groups} value={to} onChange={setTo} nothingFoundMessage={t('share_none')} data-autofocus required />
          <Textarea label={t('share_words')} autosize minRows={2} maxRows={8} maxLength={4000} value={words} onChange={(event) => setWords(event.currentTarget.value)} />
          <div>
            <WritingCards body={linkTo(entry)} />
            <p className={classes.readers} role="status">{place && <Readers entry={entry} space={place} />}</p>
          </div>
          {!!share.error && <FormError>{reasonOf(t, share.error)}</FormError>}
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={close}>{t('kernel:cancel')}</Button>
            <Button type="submit" loading={share.isPending} disabled={!place}>{t('share')}</Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  )
}

/** Where I may write, with conversations called by who is in them. */
function usePlaces() {
  const { t } = useTranslation('link-previews')
  const me = useMe()
  const { data: spaces = [] } = useMySpaces()
  const { data: conversations } = useConversations()
  const nameOf = (space: Space) => (space.kind === 'direct' ? space.people.filter(({ id }) => id !== me.id).map(({ name }) => name).join(', ') || me.name : space.name)
  const open = spaces.filter(({ my }) => my.may_post)
  const talks: Space[] = conversations?.items ?? []
  const options = (list: Space[]) => list.map((space) => ({ value: space.id, label: nameOf(space) }))
  const groups = [{ group: t('share_spaces'), items: options(open) }, { group: t('share_conversations'), items: options(talks) }].filter(({ items }) => items.length)
  return { all: [...open, ...talks], groups, nameOf }
}

/** A share gives nobody a right: for the others it is a link that leads nowhere. */
function Readers({ entry, space }: { entry: Entry; space: Space }) {
  const { t } = useTranslation('link-previews')
  const { data } = useQuery({
    queryKey: ['readers', entry.id, space.id], staleTime: 0,
    queryFn: ({ signal }) => api.get<{ people: number; readers: number }>(`/entries/${entry.id}/readers`, { space: space.id }, signal),
  })
  if (!data) return null
  if (data.readers === data.people) return t('readers_all', { count: data.people })
  return t('readers_some', { count: data.readers, people: data.people })
}
