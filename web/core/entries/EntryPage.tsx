import { useTranslation } from 'react-i18next'
import { useParam } from '../../kernel/route.ts'
import { PageHeader } from '../../kernel/ui/PageHeader.tsx'
import { useEntryKeys } from './entry-keys.ts'
import { inWords } from './in-words.ts'
import { SpaceOfThread } from './SpaceOfThread.tsx'
import { useThreadOf } from './strips.ts'
import { ThreadTools } from './ThreadTools.tsx'
import { ThreadView } from './ThreadView.tsx'
import classes from './Thread.module.css'

/** An entry at its permanent address: its thread, with it in view. */
export function EntryPage() {
  const { t } = useTranslation(['entries', 'kernel'])
  const id = useParam('id')
  const { data } = useThreadOf(id)
  useEntryKeys()
  const title = data && (data.root.title || inWords(data.root, 60))
  return (
    <div className={classes.page} key={id}>
      <PageHeader title={title || t('kernel:thread')} beside={<><SpaceOfThread id={id} /><ThreadTools id={id} /></>} />
      <ThreadView id={id} level={2} />
    </div>
  )
}
