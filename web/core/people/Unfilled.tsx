import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { IconPencil } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../kernel/paths.ts'
import type { Person } from '../../kernel/types.ts'
import classes from './ProfilePage.module.css'

const FIELDS = ['photo', 'title', 'department', 'about', 'time_zone'] as const

/** To oneself, on a profile that says little: what one could tell others there. */
export function Unfilled({ person }: { person: Person }) {
  const { t } = useTranslation('profile')
  const missing = FIELDS.filter((field) => !person[field]).map((field) => t(`field.${field}`))
  return (
    <div className={classes.unfilled}>
      <p>{t(person.title || person.about ? 'some' : 'none')} {t('could', { what: new Intl.ListFormat(t('kernel:locale')).format(missing) })}</p>
      <Button component={Link} to={paths.settings('profile')} leftSection={<IconPencil size={16} />}>{t('fill_in')}</Button>
    </div>
  )
}
