import { useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Composer } from '../../core/entries/composer/Composer.tsx'
import { arrived, readDraft } from '../../core/entries/drafts.ts'
import { EntryItem } from '../../core/entries/EntryItem.tsx'
import { kindsIn } from '../../core/entries/kinds.ts'
import { replying } from '../../core/entries/replying.ts'
import { lastSpace, noteSpace } from '../../core/entries/writing-habits.ts'
import { WriteButton } from '../../core/entries/WriteButton.tsx'
import { usePending } from '../../core/entries/sending.ts'
import { useMySpaces } from '../../core/spaces/queries.ts'
import { useShortcuts } from '../../kernel/shortcuts.ts'
import type { Space } from '../../kernel/types.ts'
import { SpaceChooser } from './SpaceChooser.tsx'

const PLACE = 'home'

/** Writes into any of my spaces; begins with the one written in last. */
export function HomeComposer() {
  const { data: spaces } = useMySpaces()
  const writable = useMemo(() => (spaces ?? []).filter((space) => space.state === 'active' && space.my.may_post), [spaces])
  const [chosen, setChosen] = useState(() => lastSpace())
  // Until one is chosen rather a space of some than one of all: nobody should tell everyone by mistake.
  const space = writable.find(({ id }) => id === chosen) ?? writable.find(({ audience }) => audience.scope === 'space') ?? writable.at(0)
  const choose = (id: string) => {
    noteSpace(id)
    setChosen(id)
  }
  // Begun on another device, with the audience that was chosen there.
  const came = arrived.use()
  useEffect(() => {
    const { space: there } = readDraft(PLACE)
    if (came?.place === PLACE && there) choose(there)
  }, [came])
  return space ? <Ready space={space} spaces={writable} choose={choose} /> : null
}

function Ready({ space, spaces, choose }: { space: Space; spaces: Space[]; choose: (id: string) => void }) {
  const { t } = useTranslation('home')
  const pending = usePending({ space: space.id, root: null })
  useShortcuts([{ keys: 'c', label: 'entries:keys.write', group: 'entries:keys.group', run: () => replying.set(PLACE) }])
  return (
    <>
      <Composer place={PLACE} space={space.id} audience={space.audience} name={space.name} placeholder={t('write')} action={t('entries:post')} hasTitle kinds={kindsIn(space.kind)}
        chooser={<SpaceChooser space={space} spaces={spaces} choose={choose} />} to={{ space: space.id, root: null }} />
      <WriteButton place={PLACE} label={t('write')} />
      {pending.toReversed().map((entry) => <EntryItem key={entry.id} entry={entry} space={space} />)}
    </>
  )
}
