import { Button, Group } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ImportedMark } from '../../core/entries/ImportedMark.tsx'
import { api } from '../../kernel/api.ts'
import { notify } from '../../kernel/notify.ts'
import { paths } from '../../kernel/paths.ts'
import { useCommand } from '../../kernel/query.ts'
import { ConfirmDialog } from '../../kernel/ui/ConfirmDialog.tsx'
import { Section } from '../../kernel/ui/Section.tsx'
import { type Attribution, hasMore, refetchAttributions } from './attributions.ts'

/** One import: what it says that I wrote, where that can be read, and what I say to it. */
export function AttributionItem({ item }: { item: Attribution }) {
  const { t } = useTranslation('attributions')
  const [isAsking, setIsAsking] = useState(false)
  const decide = useCommand<'confirm' | 'refuse'>({
    run: (verb) => api.post(`/attributions/${item.id}/${verb}`),
    done: (_, verb) => {
      setIsAsking(false)
      refetchAttributions()
      notify(t(verb === 'confirm' ? 'confirmed_now' : 'refused_now'))
    },
    failed: t('failed'),
  })
  const counts = [item.entries && t('messages', { count: item.entries }), item.reactions && t('reactions', { count: item.reactions })].filter(Boolean).join(', ')
  return (
    <Section title={counts || t('nothing_left')} lead={<ImportedMark imported={item.imported} />}>
      <p>{t(hasMore(item) ? `state.${item.state}` : `over.${item.state}`, { name: item.stand_in.name })}</p>
      {item.entries > 0 && <p><Link className="link" to={paths.search} search={{ q: `from:@${item.stand_in.handle}` }}>{t('see')}</Link></p>}
      {!item.is_complete && <p className="quiet">{t('running')}</p>}
      {hasMore(item) && item.is_complete && (
        <Group gap="sm" mt="md">
          <Button onClick={() => setIsAsking(true)}>{t('confirm')}</Button>
          {item.state === 'waiting' && <Button variant="default" loading={decide.isPending && !isAsking} onClick={() => decide.mutate('refuse')}>{t('refuse')}</Button>}
        </Group>
      )}
      <ConfirmDialog title={t('ask')} action={t('confirm')} opened={isAsking} busy={decide.isPending}
        onConfirm={() => decide.mutate('confirm')} onClose={() => setIsAsking(false)}>
        {t('ask_hint')}
      </ConfirmDialog>
    </Section>
  )
}
