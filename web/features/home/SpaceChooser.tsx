import { Suspense, useState } from 'react'
import { later } from '../../kernel/later.ts'
import { holdTyping } from '../../kernel/typing.ts'
import type { Space } from '../../kernel/types.ts'
import { AudienceLine } from '../../kernel/ui/AudienceLine.tsx'
import { ChooserButton } from './ChooserButton.tsx'

const SpaceCombobox = later(() => import('./SpaceCombobox.tsx').then((file) => file.SpaceCombobox))

type Props = { space: Space; spaces: Space[]; choose: (id: string) => void }

/** Where it will stand and who can read it; pressing it chooses another space, from a list fetched when first opened. */
export function SpaceChooser({ space, spaces, choose }: Props) {
  const [isAsked, setIsAsked] = useState(false)
  if (spaces.length < 2) return <AudienceLine audience={space.audience} name={space.name} says="readers" />
  const button = <ChooserButton space={space} onClick={() => { holdTyping(); setIsAsked(true) }} />
  return isAsked ? <Suspense fallback={button}><SpaceCombobox space={space} spaces={spaces} choose={choose} /></Suspense> : button
}
