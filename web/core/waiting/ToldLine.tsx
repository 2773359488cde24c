import { useTranslation } from 'react-i18next'
import { api } from '../../kernel/api.ts'
import { paths } from '../../kernel/paths.ts'
import { WaitingLine } from './WaitingLine.tsx'
import type { WaitingItem } from './waiting.ts'

/** How something was answered that I asked for. */
export function ToldLine({ item }: { item: WaitingItem }) {
  const { t } = useTranslation('waiting')
  const kind = item.facts.kind === 'let_in' ? 'let_in' : 'not_let_in'
  const putAway = () => api.post(`/waiting/${item.id}/put-away`)
  return (
    <WaitingLine item={item} title={t(kind, { space: item.space?.name })} to={item.space ? paths.space(item.space.id) : undefined} failed={t('failed')}
      answers={[{ label: t('put_away'), run: putAway }]} />
  )
}
