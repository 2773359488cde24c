import { Button, Stack } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { api } from '../../kernel/api.ts'
import { paths } from '../../kernel/paths.ts'
import { useCommand } from '../../kernel/query.ts'
import { reasonOf } from '../../kernel/reason.ts'
import { useParam } from '../../kernel/route.ts'
import { changeMe, useMe } from '../../kernel/session.tsx'
import type { Me } from '../../kernel/types.ts'
import { FormError } from '../../kernel/ui/FormError.tsx'
import { Page } from '../../kernel/ui/Page.tsx'
import { Section } from '../../kernel/ui/Section.tsx'

/** What the link in the letter to a new address opens. */
export function ConfirmEmailPage() {
  const { t } = useTranslation('settings')
  const me = useMe()
  const token = useParam('token')
  const confirm = useCommand<void, Me>({ run: () => api.post<Me>('/me/email/confirm', { token }), done: changeMe })
  const ask = me.email_pending ? t('confirm_email.ask', { email: me.email_pending, handle: me.handle }) : t('confirm_email.over', { handle: me.handle })
  return (
    <Page title={t('confirm_email.title')}>
      <Section title={t('profile.email')} lead={confirm.isSuccess ? undefined : ask}>
        <div role="status">{confirm.isSuccess && t('confirm_email.done', { email: me.email })}</div>
        <Stack gap="md" align="flex-start">
          {confirm.error && <FormError>{reasonOf(t, confirm.error)}</FormError>}
          {!confirm.isSuccess && me.email_pending && <Button loading={confirm.isPending} onClick={() => confirm.mutate()}>{t('confirm_email.confirm')}</Button>}
          {!confirm.isPending && <Link className="link" to={paths.settings()}>{t('confirm_email.settings')}</Link>}
        </Stack>
      </Section>
    </Page>
  )
}
