import { Button } from '@mantine/core'
import { IconLock } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { PeoplePicker } from '../../core/people/PeoplePicker.tsx'
import { spaceKeys } from '../../core/spaces/queries.ts'
import { api } from '../../kernel/api.ts'
import { paths } from '../../kernel/paths.ts'
import { queryClient, useCommand } from '../../kernel/query.ts'
import type { Space } from '../../kernel/types.ts'
import { Dialog } from '../../kernel/ui/Dialog.tsx'
import classes from './Messages.module.css'

/** Chooses with whom to talk. The same people are always the same conversation. */
export function NewConversation({ close }: { close: () => void }) {
  const { t } = useTranslation('messages')
  const navigate = useNavigate()
  const [chosen, setChosen] = useState<string[]>([])
  const open = useCommand({
    run: (ids: string[]) => api.post<Space>('/conversations', { people: ids }),
    done: (space) => {
      queryClient.setQueryData(spaceKeys.one(space.id), space)
      void queryClient.invalidateQueries({ queryKey: spaceKeys.conversations })
      close()
      void navigate({ to: paths.conversation(space.id) })
    },
    failed: t('new_failed'),
  })
  return (
    <Dialog close={close} title={t('new_title')}>
      <PeoplePicker label={t('with')} value={chosen} onChange={setChosen} isFirst goOn={() => open.mutate(chosen)} />
      <p className={classes.sealed}><IconLock size={14} stroke={1.75} aria-hidden /> {t('sealed')}</p>
      <Button fullWidth disabled={chosen.length === 0} loading={open.isPending} onClick={() => open.mutate(chosen)}>{t('begin')}</Button>
    </Dialog>
  )
}
