import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Composer } from '../../core/entries/composer/Composer.tsx'
import { kindsIn } from '../../core/entries/kinds.ts'
import { paths } from '../../kernel/paths.ts'
import type { Space } from '../../kernel/types.ts'
import { Register } from './Register.tsx'
import classes from './Decisions.module.css'

/** What is decided in a space, with where one proposes something. */
export function DecisionsTab({ space, views }: { space: Space; views: ReactNode }) {
  const { t } = useTranslation('deciding')
  return (
    <>
      {space.my.may_post && (
        <Composer place={`decisions/${space.id}`} space={space.id} audience={space.audience} placeholder={t('propose_in', { name: space.name })} action={t('decisions:propose')} kinds={kindsIn(space.kind)} kind="decision" to={{ space: space.id, root: null }} />
      )}
      {views}
      <Register space={space.id} />
      <p className={classes.all}><Link to={paths.decisions} className="link">{t('all_decisions')}</Link></p>
    </>
  )
}
