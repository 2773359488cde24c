import { Link } from '@tanstack/react-router'
import { IconX } from '@tabler/icons-react'
import { Trans, useTranslation } from 'react-i18next'
import { paths } from '../../kernel/paths.ts'
import { AudienceDot, AudienceLabel } from '../../kernel/ui/AudienceLabel.tsx'
import { IconButton } from '../../kernel/ui/IconButton.tsx'
import { useDecline } from './commands.ts'
import { Names } from './Names.tsx'
import type { SpaceSuggestion } from './queries.ts'
import classes from './Suggestions.module.css'

/** A space to look at: what it is for, and who of those one talks with is there. */
export function SuggestedSpace({ suggestion: { space, purpose, people, count } }: { suggestion: SpaceSuggestion }) {
  const { t } = useTranslation('suggestions')
  const decline = useDecline('space', space.id, space.name)
  return (
    <li className={classes.item}>
      <div className={classes.space}>
        <AudienceDot audience={space.audience} />
        <div>
          <h3><Link to={paths.space(space.id)}>{space.name}</Link></h3>
          <p>{purpose}</p>
          <p className={classes.why}><Trans t={t} i18nKey="are_there" count={count} components={{ names: <Names people={people} count={count} /> }} /></p>
          <AudienceLabel audience={space.audience} />
        </div>
        <IconButton label={t('not_for_me', { name: space.name })} onClick={() => decline.mutate()}><IconX size={18} stroke={1.75} /></IconButton>
      </div>
    </li>
  )
}
