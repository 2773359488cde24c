import { IconChevronDown } from '@tabler/icons-react'
import { Suspense, useState, type MouseEventHandler, type Ref } from 'react'
import { useTranslation } from 'react-i18next'
import { later } from '../../kernel/later.ts'
import type { Space } from '../../kernel/types.ts'
import { AudienceLabel } from '../../kernel/ui/AudienceLabel.tsx'
import classes from './SpaceChooser.module.css'

const SpaceCombobox = later(() => import('./SpaceCombobox.tsx').then((file) => file.SpaceCombobox))

type Props = { space: Space; spaces: Space[]; choose: (id: string) => void }

/** Where it will stand and who can read it; pressing it chooses another space, from a list fetched when first opened. */
export function SpaceChooser({ space, spaces, choose }: Props) {
  const [isAsked, setIsAsked] = useState(false)
  if (spaces.length < 2) return <AudienceLabel audience={space.audience} name={space.name} says="readers" />
  const button = <ChooserButton space={space} onClick={() => setIsAsked(true)} />
  return isAsked ? <Suspense fallback={button}><SpaceCombobox space={space} spaces={spaces} choose={choose} /></Suspense> : button
}

type ButtonProps = { space: Space; onClick: MouseEventHandler; ref?: Ref<HTMLButtonElement> }

export function ChooserButton({ space, ...rest }: ButtonProps) {
  const { t } = useTranslation('home')
  return (
    <button type="button" title={t('choose_space')} {...rest} className={classes.target}>
      <AudienceLabel audience={space.audience} name={space.name} says="readers" /><IconChevronDown size={14} stroke={1.75} aria-hidden />
    </button>
  )
}
