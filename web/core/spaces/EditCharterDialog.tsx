import { Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import type { Space } from '../../kernel/types.ts'
import { Dialog } from '../../kernel/ui/Dialog.tsx'
import { CharterForm } from './CharterForm.tsx'
import classes from './CharterForm.module.css'
import { useEditCharter } from './commands.ts'
import { spaceExtensions } from './extensions.ts'

export function EditCharterDialog({ space, close }: { space: Space; close: () => void }) {
  const { t } = useTranslation('spaces')
  const edit = useEditCharter(space.id)
  return (
    <Dialog close={close} title={t('edit')} size="lg">
      <CharterForm space={space} action={t('kernel:save')} busy={edit.isPending} error={edit.error} close={close}
        submit={(charter) => edit.mutate(charter, { onSuccess: close })} />
      {spaceExtensions.settings.length > 0 && (
        <div className={classes.more}>{spaceExtensions.settings.map((Setting, at) => <Suspense key={at}><Setting space={space} /></Suspense>)}</div>
      )}
    </Dialog>
  )
}
