import { IconMessageReply } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { insist } from '../../kernel/later.ts'
import { useMe } from '../../kernel/session.tsx'
import type { Entry } from '../../kernel/types.ts'
import { ActionMenu } from '../../kernel/ui/ActionMenu.tsx'
import { IconButton } from '../../kernel/ui/IconButton.tsx'
import { answer } from './answer.ts'
import { entryExtensions } from './extensions.ts'
import classes from './EntryItem.module.css'

type Props = { entry: Entry; root?: Entry; open?: (id: string) => void; edit: () => void; unread: number; isNear: boolean }

// On the way before the button of the menu is pressed.
const linesComing = () => insist(() => import('./entry-lines.ts'))
const prepare = () => void linesComing()

/** The small buttons of an entry: there when one points at it, focuses into it, or touches. */
export function EntryActions({ entry, root, open, edit, unread, isNear }: Props) {
  const { t } = useTranslation('entries')
  const me = useMe()
  return (
    <div className={classes.actions} onPointerEnter={prepare} onFocus={prepare}>
      {isNear && entryExtensions.quick.map((Quick, at) => <Quick key={at} entry={entry} root={root} />)}
      {isNear && <IconButton label={t('reply')} onClick={() => answer(entry, open)}><IconMessageReply size={17} stroke={1.75} /></IconButton>}
      {entryExtensions.actions.map((Action, at) => <Action key={at} entry={entry} root={root} />)}
      <ActionMenu label={t('more')} entries={async () => (await linesComing()).entryLines({ entry, root, me, open, edit, unread })} />
    </div>
  )
}
