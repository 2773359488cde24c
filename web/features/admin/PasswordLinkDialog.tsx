import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../kernel/api.ts'
import { useCommand } from '../../kernel/query.ts'
import { reasonOf } from '../../kernel/reason.ts'
import type { Person } from '../../kernel/types.ts'
import { CopyField } from '../../kernel/ui/CopyField.tsx'
import { Dialog } from '../../kernel/ui/Dialog.tsx'
import { FormError } from '../../kernel/ui/FormError.tsx'

/** A link by which somebody chooses a new password, to be passed on by whoever made it. */
export function PasswordLinkDialog({ person, close }: { person: Person; close: () => void }) {
  const { t } = useTranslation('admin')
  const make = useCommand<void, { url: string }>({ run: () => api.post<{ url: string }>(`/people/${person.id}/password-link`) })
  useEffect(() => make.mutate(), [])
  return (
    <Dialog close={close} title={t('people.password_title', { name: person.name })}>
      {make.data && <CopyField label={t('people.password_link')} value={make.data.url} />}
      {make.error && <FormError>{reasonOf(t, make.error)}</FormError>}
      <p className="quiet">{t('people.password_text', { name: person.name })}</p>
    </Dialog>
  )
}
