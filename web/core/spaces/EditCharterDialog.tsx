import { useTranslation } from 'react-i18next'
import type { Space } from '../../kernel/types.ts'
import { Dialog } from '../../kernel/ui/Dialog.tsx'
import { CharterForm } from './CharterForm.tsx'
import { useEditCharter } from './commands.ts'

export function EditCharterDialog({ space, close }: { space: Space; close: () => void }) {
  const { t } = useTranslation('spaces')
  const edit = useEditCharter(space.id)
  return (
    <Dialog close={close} title={t('edit')} size="lg">
      <CharterForm space={space} action={t('kernel:save')} busy={edit.isPending} error={edit.error} close={close}
        submit={(charter) => edit.mutate(charter, { onSuccess: close })} />
    </Dialog>
  )
}
