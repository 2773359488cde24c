import { IconChevronDown } from '@tabler/icons-react'
import type { MouseEventHandler, Ref } from 'react'
import { useTranslation } from 'react-i18next'
import type { Space } from '../../kernel/types.ts'
import { AudienceInLine, useAudienceSentence } from '../../kernel/ui/AudienceLine.tsx'
import classes from './SpaceChooser.module.css'

type Props = { space: Space; onClick: MouseEventHandler; ref?: Ref<HTMLButtonElement> }

/** Says where it will stand; pressing it asks for another place. */
export function ChooserButton({ space, ...rest }: Props) {
  const { t } = useTranslation('home')
  const said = { audience: space.audience, name: space.name, says: 'readers' } as const
  const whole = useAudienceSentence(said)
  return (
    <button type="button" title={`${whole}. ${t('choose_space')}`} aria-label={whole} {...rest} className={classes.target}>
      <AudienceInLine {...said} /><IconChevronDown size={14} stroke={1.75} aria-hidden />
    </button>
  )
}
