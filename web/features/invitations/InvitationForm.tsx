import { Button, Group, MultiSelect, Select, Stack, Textarea } from '@mantine/core'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { isAdmin } from '../../core/people/policy.ts'
import { useMySpaces } from '../../core/spaces/queries.ts'
import { isGeneral, valuesOf } from '../../kernel/form.ts'
import { reasonOf } from '../../kernel/reason.ts'
import { useMe } from '../../kernel/session.tsx'
import { FormError } from '../../kernel/ui/FormError.tsx'
import { addressesIn } from './addresses.ts'
import classes from './InvitationForm.module.css'

const DAY = 86_400_000
const USES = ['1', '5', '25', '0']
const DAYS = ['1', '7', '30', '0']

type Props = { busy: boolean; error: unknown; submit: (body: object, emails: string[]) => void }

/** A link to pass on, or with addresses a letter to each of them. Members bring in members, one at a time. */
export function InvitationForm({ busy, error, submit }: Props) {
  const { t } = useTranslation('invitations')
  const me = useMe()
  const { data: mine = [] } = useMySpaces()
  const [spaces, setSpaces] = useState<string[]>([])
  const [text, setText] = useState('')
  const emails = addressesIn(text)
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const { role = 'member', uses = '1', days } = valuesOf(event.currentTarget)
    const expires_at = Number(days) ? new Date(Date.now() + Number(days) * DAY).toISOString() : null
    submit({ role, expires_at, spaces, ...(!emails.length && { uses: Number(uses) || null }) }, emails)
  }
  const choices = (values: string[], word: string) => values.map((value) => ({ value, label: t(`${word}_${value}`) }))
  const offered = mine.filter(({ state, my }) => state === 'active' && (isAdmin(me) || my.role === 'host')).map(({ id, name }) => ({ value: id, label: name }))
  return (
    <form onSubmit={send}>
      <Stack gap="md">
        <Textarea label={t('email')} description={t('email_hint')} value={text} autosize minRows={1} maxRows={12} autoComplete="off" spellCheck={false}
          onChange={(event) => setText(event.currentTarget.value)} />
        <div className={classes.three}>
          {isAdmin(me) && <Select name="role" label={t('role')} data={['member', 'guest', 'admin'].map((value) => ({ value, label: t(`people:role.${value}`) }))}
            defaultValue="member" allowDeselect={false} />}
          {isAdmin(me) && <Select name="uses" label={t('uses')} data={choices(USES, 'uses')} defaultValue="25" allowDeselect={false} disabled={emails.length > 0} />}
          <Select name="days" label={t('days')} data={choices(DAYS, 'days')} defaultValue="7" allowDeselect={false} />
        </div>
        {offered.length > 0 && <MultiSelect label={t('spaces')} description={t('spaces_hint')} data={offered} value={spaces} onChange={setSpaces} searchable
          nothingFoundMessage={t('no_space')} />}
        {isGeneral(error, []) && <FormError>{reasonOf(t, error)}</FormError>}
        <Group justify="flex-end"><Button type="submit" loading={busy}>{emails.length ? t('send', { count: emails.length }) : t('make')}</Button></Group>
      </Stack>
    </form>
  )
}
