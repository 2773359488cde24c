import { Button, Group, MultiSelect, Select, Stack, TextInput } from '@mantine/core'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useMySpaces } from '../../core/spaces/queries.ts'
import { errorAt, isGeneral, valuesOf } from '../../kernel/form.ts'
import { reasonOf } from '../../kernel/reason.ts'
import { FormError } from '../../kernel/ui/FormError.tsx'
import classes from './InvitationForm.module.css'

const DAY = 86_400_000
const USES = ['1', '5', '25', '0']
const DAYS = ['1', '7', '30', '0']

type Props = { busy: boolean; error: unknown; submit: (body: object) => void }

/** A link to pass on, or with an address a mail to one person. */
export function InvitationForm({ busy, error, submit }: Props) {
  const { t } = useTranslation('invitations')
  const { data: mine = [] } = useMySpaces()
  const [spaces, setSpaces] = useState<string[]>([])
  const [email, setEmail] = useState('')
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const { role, uses, days } = valuesOf(event.currentTarget)
    const expires_at = Number(days) ? new Date(Date.now() + Number(days) * DAY).toISOString() : null
    const toOne = email.trim() ? { email: email.trim(), uses: 1 } : { uses: Number(uses) || null }
    submit({ role, expires_at, spaces, ...toOne })
  }
  const choices = (values: string[], word: string) => values.map((value) => ({ value, label: t(`${word}_${value}`) }))
  const active = mine.filter(({ state }) => state === 'active').map(({ id, name }) => ({ value: id, label: name }))
  return (
    <form onSubmit={send}>
      <Stack gap="md">
        <TextInput type="email" name="email" label={t('email')} description={t('email_hint')} value={email}
          onChange={(event) => setEmail(event.currentTarget.value)} error={errorAt(error, 'email')} />
        <div className={classes.three}>
          <Select name="role" label={t('role')} data={['member', 'guest', 'admin'].map((value) => ({ value, label: t(`people:role.${value}`) }))}
            defaultValue="member" allowDeselect={false} />
          <Select name="uses" label={t('uses')} data={choices(USES, 'uses')} defaultValue="25" allowDeselect={false} disabled={!!email.trim()} />
          <Select name="days" label={t('days')} data={choices(DAYS, 'days')} defaultValue="7" allowDeselect={false} />
        </div>
        <MultiSelect label={t('spaces')} description={t('spaces_hint')} data={active} value={spaces} onChange={setSpaces} searchable
          nothingFoundMessage={t('no_space')} />
        {isGeneral(error, ['email']) && <FormError>{reasonOf(t, error)}</FormError>}
        <Group justify="flex-end"><Button type="submit" loading={busy}>{t(email.trim() ? 'send' : 'make')}</Button></Group>
      </Stack>
    </form>
  )
}
