import { Link } from '@tanstack/react-router'
import { IconX } from '@tabler/icons-react'
import { Trans, useTranslation } from 'react-i18next'
import { paths } from '../../kernel/paths.ts'
import { SpaceSign, AudienceLabel } from '../../kernel/ui/AudienceLabel.tsx'
import { IconButton } from '../../kernel/ui/IconButton.tsx'
import { PlainButton } from '../../kernel/ui/PlainButton.tsx'
import { useDecline, useJoinSuggested } from './commands.ts'
import { Names } from './Names.tsx'
import type { SpaceSuggestion, Suggestions } from './queries.ts'
import classes from './Suggestions.module.css'

/** A space to look at: what it is for, and who of those one talks with is there. */
export function SuggestedSpace({ suggestion: { space, purpose, people, count, writers }, near }: { suggestion: SpaceSuggestion; near: Suggestions['near'] }) {
  const { t } = useTranslation('suggestions')
  const join = useJoinSuggested(space.id, space.name)
  const decline = useDecline('space', space.id, space.name)
  return (
    <li className={classes.item}>
      <div className={classes.space}>
        <SpaceSign space={space} />
        <div>
          <h3><Link to={paths.space(space.id)}>{space.name}</Link></h3>
          <p>{purpose}</p>
          <p className={classes.why}>
            {writers > 0 ? t('writers', { count: writers })
              : <Trans t={t} i18nKey={near === 'named' ? 'are_there_named' : 'are_there'} count={count} components={{ names: <Names people={people} count={count} /> }} />}
          </p>
          <AudienceLabel audience={space.audience} />
        </div>
        <PlainButton busy={join.isPending} onClick={() => join.mutate()} aria-label={t('join_one', { name: space.name })}>{t('join')}</PlainButton>
        <IconButton label={t('not_for_me', { name: space.name })} onClick={() => decline.mutate()}><IconX size={18} stroke={1.75} /></IconButton>
      </div>
    </li>
  )
}
