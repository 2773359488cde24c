import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { paths } from '../../kernel/paths.ts'
import { queryClient, useCommand } from '../../kernel/query.ts'
import type { Space } from '../../kernel/types.ts'
import { Dialog } from '../../kernel/ui/Dialog.tsx'
import { CharterForm } from './CharterForm.tsx'
import { openSpace, type Charter } from './commands.ts'
import { spaceKeys } from './queries.ts'

export function NewSpaceDialog({ close }: { close: () => void }) {
  const { t } = useTranslation('spaces')
  const navigate = useNavigate()
  const opening = useCommand<Charter, Space>({
    run: openSpace,
    done: (space) => {
      void queryClient.invalidateQueries({ queryKey: spaceKeys.all })
      close()
      void navigate({ to: paths.space(space.id) })
    },
  })
  return (
    <Dialog close={close} title={t('new')} size="lg">
      <CharterForm action={t('open_it')} busy={opening.isPending} error={opening.error} submit={opening.mutate} close={close} />
    </Dialog>
  )
}
