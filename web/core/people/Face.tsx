import type { ComponentProps } from 'react'
import { useTranslation } from 'react-i18next'
import { Avatar } from '../../kernel/ui/Avatar.tsx'
import classes from './Face.module.css'
import { useIsHere } from './presence.ts'

/** A face with a sign where the person is here at the moment. */
export function Face(props: ComponentProps<typeof Avatar>) {
  const { t } = useTranslation()
  const isHere = useIsHere(props.person.id)
  return (
    <span className={classes.face} data-size={props.size}>
      <Avatar {...props} />
      {isHere && <span className={classes.here} role="img" aria-label={t('is_here')} title={t('is_here')} />}
    </span>
  )
}
