import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { pathOfSpace } from '../../kernel/paths.ts'
import { AudienceLabel } from '../../kernel/ui/AudienceLabel.tsx'
import { spaceName } from '../../kernel/ui/audience.ts'
import { useSpace } from '../spaces/queries.ts'
import { useThreadOf } from './strips.ts'
import classes from './Thread.module.css'

/** Where a thread is and who can read it. */
export function SpaceOfThread({ id }: { id: string }) {
  const { t } = useTranslation()
  const { data: thread } = useThreadOf(id)
  const { data: space } = useSpace(thread?.root.space ?? '')
  if (!space || !thread) return null
  return (
    <Link className={classes.space} to={pathOfSpace(space, space.created_by ?? thread.root.author)}>
      <AudienceLabel audience={space.audience} name={spaceName(t, space)} says="name" />
    </Link>
  )
}
