import { Button, FileButton, Group } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { api } from '../../kernel/api.ts'
import { base64 } from '../../kernel/base64.ts'
import { notify } from '../../kernel/notify.ts'
import { queryClient, useCommand } from '../../kernel/query.ts'
import { reasonOf } from '../../kernel/reason.ts'
import type { Logo } from '../../kernel/types.ts'
import { FormError } from '../../kernel/ui/FormError.tsx'
import { Section } from '../../kernel/ui/Section.tsx'
import classes from './LogoSection.module.css'

const MOST_BYTES = 262_144
const TYPES = 'image/png,image/jpeg,image/gif,image/webp,image/avif'
type Shade = keyof Logo

/** The picture that stands for the network: one for light pages, and one for dark ones where the first does not do there. */
export function LogoSection({ logo }: { logo: Logo | null }) {
  const { t } = useTranslation('admin')
  return (
    <Section title={t('logo.title')} lead={t('logo.lead')}>
      <div className={classes.both}>
        <Picture shade="light" at={logo?.light} />
        <Picture shade="dark" at={logo?.dark} />
      </div>
    </Section>
  )
}

function Picture({ shade, at }: { shade: Shade; at: Logo[Shade] }) {
  const { t } = useTranslation('admin')
  const set = useCommand<File | null>({
    run: async (file) => api.patch('/network', { [shade === 'light' ? 'logo' : 'logo_dark']: file && (await base64(file)) }),
    done: () => {
      void queryClient.invalidateQueries()
      notify(t('network.saved'))
    },
  })
  const choose = (file: File | null) => file && file.size <= MOST_BYTES ? set.mutate(file) : file && notify(t('logo.too_large'))
  return (
    <div>
      <div className={classes.ground} data-shade={shade}>{at ? <img src={at.url} alt={t(`logo.${shade}`)} height={44} /> : <span>{t('logo.none')}</span>}</div>
      <Group gap="xs" mt={8}>
        <FileButton accept={TYPES} onChange={choose}>
          {(props) => <Button {...props} variant="default" size="xs" loading={set.isPending} aria-label={t(at ? 'logo.change_of' : 'logo.choose_for', { shade: t(`logo.${shade}`) })}>{t(at ? 'logo.change' : 'logo.choose')}</Button>}
        </FileButton>
        {at && <Button variant="subtle" size="xs" onClick={() => set.mutate(null)}>{t('logo.remove')}</Button>}
        <span className="quiet">{t(`logo.${shade}`)}</span>
      </Group>
      {set.error && <FormError>{reasonOf(t, set.error)}</FormError>}
    </div>
  )
}
