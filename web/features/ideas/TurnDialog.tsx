import type { CSSProperties } from 'react'
import { useTranslation } from 'react-i18next'
import { excerpt } from '../../../server/kernel/text.ts'
import composer from '../../core/entries/composer/Composer.module.css'
import { ComposerBox } from '../../core/entries/composer/ComposerBox.tsx'
import { kindsIn } from '../../core/entries/kinds.ts'
import { sendNow } from '../../core/entries/outbox.ts'
import { useSpace } from '../../core/spaces/queries.ts'
import { useThread } from '../../kernel/route.ts'
import type { Entry } from '../../kernel/types.ts'
import { AUDIENCE_COLOUR } from '../../kernel/ui/audience.ts'
import { Dialog } from '../../kernel/ui/Dialog.tsx'

/** Makes an idea of what was said, in the same space; its words are there to begin with. */
export function TurnDialog({ entry, close }: { entry: Entry; close: () => void }) {
  const { t } = useTranslation('idea-cards')
  const { open } = useThread()
  const { data: space } = useSpace(entry.space)
  if (!space) return null
  const start = { kind: 'idea', facts: { from: entry.id }, title: entry.title || excerpt(entry.body, 120), body: entry.body, files: [] }
  const to = { space: space.id, root: null }
  return (
    <Dialog close={close} title={t('turn_title')} size="lg">
      <div className={composer.composer} style={{ '--audience': AUDIENCE_COLOUR[space.audience.scope] } as CSSProperties}>
        <ComposerBox place={`idea/${entry.id}`} space={space.id} audience={space.audience} placeholder={t('ideas:details')} action={t('ideas:propose')} kinds={kindsIn(space.kind).filter(({ name }) => name === 'idea')}
          initial={start} wish="write" rest={close} onCancel={close} to={to} onSend={(written) => sendNow(to, written).then(({ id }) => {
            close()
            void open(id)
          })} />
      </div>
    </Dialog>
  )
}
