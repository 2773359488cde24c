import { IconMail } from '@tabler/icons-react'
import { Fragment } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiError } from '../../kernel/api.ts'
import { usePages } from '../../kernel/query.ts'
import { EmptyState } from '../../kernel/ui/EmptyState.tsx'
import { ErrorState } from '../../kernel/ui/ErrorState.tsx'
import { MoreButton } from '../../kernel/ui/MoreButton.tsx'
import { Section } from '../../kernel/ui/Section.tsx'
import { RowSkeletons } from '../../kernel/ui/Skeletons.tsx'
import { TimeAgo } from '../../kernel/ui/TimeAgo.tsx'
import { AdminPage } from '../../core/people/AdminPage.tsx'
import classes from './MailboxPage.module.css'

type Mail = { id: string; to: string; subject: string; text: string; created_at: string }

/** Mail that would have been sent, for networks without a mail server. */
export function MailboxPage() {
  const { t } = useTranslation('mailbox')
  const list = usePages<Mail>(['mailbox'], '/mailbox')
  const { error, refetch } = list
  const isSent = error instanceof ApiError && error.status === 404
  return (
    <AdminPage>
      <Section title={t('title')} lead={t('lead')}>
        {isSent && <EmptyState Icon={IconMail} title={t('sent')}>{t('sent_hint')}</EmptyState>}
        {error && !isSent && <ErrorState error={error} retry={refetch} />}
        {list.isPending && <RowSkeletons count={3} />}
        {list.isSuccess && list.items.length === 0 && <EmptyState Icon={IconMail} title={t('none')}>{t('none_hint')}</EmptyState>}
        {list.items.map((mail) => <Letter key={mail.id} mail={mail} />)}
        <MoreButton list={list} />
      </Section>
    </AdminPage>
  )
}

function Letter({ mail }: { mail: Mail }) {
  return (
    <details className={classes.letter}>
      <summary>
        <strong>{mail.subject}</strong>
        <span>{mail.to} · <TimeAgo at={mail.created_at} /></span>
      </summary>
      <div className={classes.text}><Linked text={mail.text} /></div>
    </details>
  )
}

/** Addresses in plain text become links; only http(s), and nothing is read as HTML. */
function Linked({ text }: { text: string }) {
  return text.split(/(https?:\/\/[^\s<>"]+)/).map((part, at) =>
    at % 2 ? <a key={at} className="link" href={part}>{part}</a> : <Fragment key={at}>{part}</Fragment>)
}
