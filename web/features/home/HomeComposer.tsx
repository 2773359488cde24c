import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Composer } from '../../core/entries/composer/Composer.tsx'
import { EntryItem } from '../../core/entries/EntryItem.tsx'
import { kindsIn } from '../../core/entries/kinds.ts'
import { replying } from '../../core/entries/replying.ts'
import { send, usePending } from '../../core/entries/sending.ts'
import { useMySpaces } from '../../core/spaces/queries.ts'
import { useMe } from '../../kernel/session.tsx'
import { useShortcuts } from '../../kernel/shortcuts.ts'
import type { Space } from '../../kernel/types.ts'
import { SpaceChooser } from './SpaceChooser.tsx'

const KEPT = 'folkmoot.home.space'
const PLACE = 'home'

/** Writes into any of my spaces; begins with the one used last. */
export function HomeComposer() {
  const { data: spaces } = useMySpaces()
  const writable = useMemo(() => (spaces ?? []).filter((space) => space.state === 'active' && space.my.may_post), [spaces])
  const [chosen, setChosen] = useState(() => localStorage.getItem(KEPT))
  // Until one is chosen rather a space of some than one of all: nobody should tell everyone by mistake.
  const space = writable.find(({ id }) => id === chosen) ?? writable.find(({ audience }) => audience.scope === 'space') ?? writable.at(0)
  const choose = (id: string) => {
    localStorage.setItem(KEPT, id)
    setChosen(id)
  }
  return space ? <Ready space={space} spaces={writable} choose={choose} /> : null
}

function Ready({ space, spaces, choose }: { space: Space; spaces: Space[]; choose: (id: string) => void }) {
  const { t } = useTranslation('home')
  const me = useMe()
  const pending = usePending({ space: space.id, root: null })
  useShortcuts([{ keys: 'c', label: 'entries:keys.write', group: 'entries:keys.group', run: () => replying.set(PLACE) }])
  return (
    <>
      <Composer place={PLACE} space={space.id} audience={space.audience} name={space.name} placeholder={t('write')} action={t('entries:post')} hasTitle kinds={kindsIn(space.kind)}
        chooser={<SpaceChooser space={space} spaces={spaces} choose={choose} />}
        onSend={(written) => send(me, { space: space.id, root: null }, written)} />
      {pending.toReversed().map((entry) => <EntryItem key={entry.id} entry={entry} space={space} />)}
    </>
  )
}
