import { Link, useNavigate } from '@tanstack/react-router'
import { IconBuildingCommunity, IconBrandSlack, IconSeedling } from '@tabler/icons-react'
import type { ComponentType, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../kernel/paths.ts'
import { useSession } from '../../kernel/session.tsx'
import { FormError } from '../../kernel/ui/FormError.tsx'
import { Gate } from '../../kernel/ui/Gate.tsx'
import { Redirect } from '../../kernel/ui/Redirect.tsx'
import { reasonOf } from '../../kernel/reason.ts'
import { useFillDemo } from './demo.ts'
import { DemoProgress } from './DemoProgress.tsx'
import classes from './StartPage.module.css'

/** After the first run: three ways to go on. All of them stay open later under Administration. */
export function StartPage() {
  const { t } = useTranslation('setup')
  const { data: me, error } = useSession()
  const navigate = useNavigate()
  const demo = useFillDemo(() => void navigate({ to: paths.home }))
  if (error) return <Redirect to={paths.signIn} />
  if (!me) return null
  return (
    <Gate wide title={t('start.title', { network: me.network.name })} lead={t('start.lead')}>
      <div className={classes.ways}>
        <Way Icon={IconBuildingCommunity} title={t('start.demo')} text={t('start.demo_text')} press={demo.isPending ? undefined : () => demo.mutate(undefined)} />
        {demo.isPending && <DemoProgress doing="filling" />}
        <Way Icon={IconBrandSlack} title={t('start.slack')} text={t('start.slack_text')} to={paths.admin('import')} />
        <Way Icon={IconSeedling} title={t('start.empty')} text={t('start.empty_text')} to={paths.admin('invitations')} />
      </div>
      {demo.error && <FormError>{reasonOf(t, demo.error)}</FormError>}
      <p><Link className="link" to={paths.home}>{t('start.skip')}</Link></p>
    </Gate>
  )
}

type WayProps = { Icon: ComponentType<{ size: number; stroke: number }>; title: string; text: string; to?: string; press?: () => void }

function Way({ Icon, title, text, to, press }: WayProps) {
  const inside: ReactNode = (
    <>
      <Icon size={24} stroke={1.5} />
      <span><strong>{title}</strong>{text}</span>
    </>
  )
  if (to) return <Link to={to} className={classes.way}>{inside}</Link>
  return <button type="button" className={classes.way} onClick={press} disabled={!press}>{inside}</button>
}
