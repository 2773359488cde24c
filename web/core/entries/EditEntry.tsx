import { useTranslation } from 'react-i18next'
import type { Entry } from '../../kernel/types.ts'
import { useSpace } from '../spaces/queries.ts'
import { edit } from './commands.ts'
import { ComposerBox } from './composer/ComposerBox.tsx'
import { noteNames } from './composer/names.ts'
import classes from './composer/Composer.module.css'
import { AUDIENCE_COLOUR } from '../../kernel/ui/audience.ts'
import { useEffect, useRef, useState, type CSSProperties } from 'react'

/** An entry's own words, to change them in their place. */
export function EditEntry({ entry, close }: { entry: Entry; close: () => void }) {
  const { t } = useTranslation('entries')
  const { data: space } = useSpace(entry.space)
  useState(() => noteNames(entry.mentions))
  const box = useRef<HTMLDivElement>(null)
  // Its buttons too: what was there before was not as high.
  useEffect(() => {
    const observer = new ResizeObserver(() => box.current?.scrollIntoView({ block: 'nearest' }))
    if (box.current) observer.observe(box.current)
    return () => observer.disconnect()
  }, [!space])
  if (!space) return null
  const frame = { '--audience': AUDIENCE_COLOUR[space.audience.scope], margin: '6px 0' } as CSSProperties
  return (
    <div ref={box} className={classes.composer} style={frame} data-editing>
      <ComposerBox place={`edit/${entry.id}`} space={entry.space} audience={space.audience} says="who" placeholder={t('edit')} action={t('kernel:save')}
        hasTitle={entry.root === null && entry.kind !== 'message'} initial={{ kind: entry.kind, facts: {}, title: entry.title, body: entry.body, files: entry.files }}
        wish="write" rest={close} onCancel={close} to={{ space: entry.space, root: entry.root }} onSend={({ title, body, files }) => edit(entry, { title, body, files }).then(close)} />
    </div>
  )
}
