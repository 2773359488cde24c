import type { CSSProperties } from 'react'
import { useTranslation } from 'react-i18next'
import { excerpt } from '../../../server/kernel/text.ts'
import { useSpace } from '../spaces/queries.ts'
import { useThread } from '../../kernel/route.ts'
import type { Entry } from '../../kernel/types.ts'
import { AUDIENCE_COLOUR } from '../../kernel/ui/audience.ts'
import { Dialog } from '../../kernel/ui/Dialog.tsx'
import composer from './composer/Composer.module.css'
import { ComposerBox } from './composer/ComposerBox.tsx'
import { kindsIn } from './kinds.ts'
import { sendNow } from './outbox.ts'

/** Makes an entry of a kind of what was said, in the same space; its words are there to begin with. */
export function MakeDialog({ entry, kind, title, close }: { entry: Entry; kind: string; title: string; close: () => void }) {
  const { t } = useTranslation()
  const { open } = useThread()
  const { data: space } = useSpace(entry.space)
  const [its] = space ? kindsIn(space.kind).filter(({ name }) => name === kind) : []
  if (!space || !its) return null
  const start = { kind, facts: { from: entry.id }, title: entry.title || excerpt(entry.body, 120), body: entry.body, files: [] }
  const to = { space: space.id, root: null }
  const { placeholder, action } = its.composer
  return (
    <Dialog close={close} title={title} size="lg">
      <div className={composer.composer} style={{ '--audience': AUDIENCE_COLOUR[space.audience.scope] } as CSSProperties}>
        <ComposerBox place={`${kind}/${entry.id}`} space={space.id} audience={space.audience} placeholder={t(placeholder!)} action={t(action)} kinds={[its]}
          initial={start} wish="write" rest={close} onCancel={close} to={to} onSend={(written) => sendNow(to, written).then(({ id }) => {
            close()
            void open(id)
          })} />
      </div>
    </Dialog>
  )
}
