import { Switch } from '@mantine/core'
import { IconMoodSmile } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { canAddEmoji } from '../../../server/core/emoji/policy.ts'
import { useOwnEmoji } from '../../core/emoji/own-emoji.ts'
import { AdminPage } from '../../core/people/AdminPage.tsx'
import { api } from '../../kernel/api.ts'
import { useCommand } from '../../kernel/query.ts'
import { changeMe, useMe } from '../../kernel/session.tsx'
import { EmptyState } from '../../kernel/ui/EmptyState.tsx'
import { Page } from '../../kernel/ui/Page.tsx'
import { Section } from '../../kernel/ui/Section.tsx'
import { RowSkeletons } from '../../kernel/ui/Skeletons.tsx'
import { AddEmoji } from './AddEmoji.tsx'
import { EmojiRow } from './EmojiRow.tsx'
import classes from './Emoji.module.css'

/** The emoji of this network, for everybody. */
export function EmojiPage() {
  const { t } = useTranslation('emoji')
  return <Page title={t('title')}><OwnEmojiList /></Page>
}

/** The same, and who may add some, for administrators. */
export const AdminEmojiPage = () => <AdminPage><WhoAdds /><OwnEmojiList /></AdminPage>

function OwnEmojiList() {
  const { t } = useTranslation('emoji')
  const { network, ...me } = useMe()
  const known = useOwnEmoji()
  return (
    <>
      {canAddEmoji(me, network) && <Section title={t('add')} lead={t('add_hint')}><AddEmoji /></Section>}
      <Section title={t('title')}>
        {!known && <RowSkeletons count={3} />}
        {known?.list.length === 0 && <EmptyState Icon={IconMoodSmile} title={t('none')}>{t('none_hint')}</EmptyState>}
        <ul className={classes.list}>{known?.list.map((emoji) => <EmojiRow key={emoji.id} emoji={emoji} />)}</ul>
      </Section>
    </>
  )
}

function WhoAdds() {
  const { t } = useTranslation('emoji')
  const { network } = useMe()
  const change = useCommand<boolean, unknown>({
    run: (members_add_emoji) => api.patch('/network', { members_add_emoji }),
    done: (_, members_add_emoji) => changeMe({ network: { ...network, members_add_emoji } }),
    failed: t('failed'),
  })
  return (
    <Section title={t('who')}>
      <Switch label={t('members')} description={t('members_hint')} checked={network.members_add_emoji} onChange={(event) => change.mutate(event.currentTarget.checked)} />
    </Section>
  )
}
