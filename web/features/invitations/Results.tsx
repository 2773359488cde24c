import { useTranslation } from 'react-i18next'
import { CopyField } from '../../kernel/ui/CopyField.tsx'
import { useNetwork } from '../../kernel/network.ts'
import type { Invited } from './invitation.ts'

/** What became of each address; where letters do not leave the house, the links to pass on oneself. */
export function Results({ items }: { items: Invited[] }) {
  const { t } = useTranslation('invitations')
  const { data: network } = useNetwork()
  return (
    <>
      {network && !network.mail && items.some(({ state }) => state === 'invited') && <p>{t('no_mail')}</p>}
      <ul>
        {items.map(({ email, state, url }, at) => (
          <li key={at}>
            <span>{email}: {t(state === 'invited' && network && !network.mail ? 'result.link' : `result.${state}`)}</span>
            {url && !network?.mail && <CopyField label={email} value={url} />}
          </li>
        ))}
      </ul>
      {items.some(({ url }) => url && isLocal(url)) && <p><strong>{t('local_link')}</strong></p>}
    </>
  )
}

/** Nobody else reaches this machine under its own name for itself. */
export const isLocal = (url: string) => /^(localhost|127\.|\[::1\])/.test(new URL(url).hostname)
