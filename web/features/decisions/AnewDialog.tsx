import type { CSSProperties } from 'react'
import { useTranslation } from 'react-i18next'
import composer from '../../core/entries/composer/Composer.module.css'
import { ComposerBox } from '../../core/entries/composer/ComposerBox.tsx'
import { kindsIn } from '../../core/entries/kinds.ts'
import { sendNow } from '../../core/entries/outbox.ts'
import { useSpace } from '../../core/spaces/queries.ts'
import { useThread } from '../../kernel/route.ts'
import type { Entry } from '../../kernel/types.ts'
import { AUDIENCE_COLOUR } from '../../kernel/ui/audience.ts'
import { Dialog } from '../../kernel/ui/Dialog.tsx'

/** A new decision in the place of one that holds; it begins with what that one could choose. */
export function AnewDialog({ entry, close }: { entry: Entry; close: () => void }) {
  const { t } = useTranslation('deciding')
  const { open } = useThread()
  const { data: space } = useSpace(entry.space)
  if (!space) return null
  const { method, options } = entry.decision!
  const start = { kind: 'decision', facts: { supersedes: entry.id, method, options: options.map(({ text }) => text) }, title: entry.title, body: '', files: [] }
  return (
    <Dialog close={close} title={t('decide_anew')} size="lg">
      <p className="quiet">{t('anew_hint')}</p>
      <div className={composer.composer} style={{ '--audience': AUDIENCE_COLOUR[space.audience.scope] } as CSSProperties}>
        <ComposerBox place={`anew/${entry.id}`} space={space.id} audience={space.audience} placeholder={t('decisions:details')} action={t('decisions:propose')} kinds={kindsIn(space.kind)}
          initial={start} wish="write" rest={close} onCancel={close} to={{ space: space.id, root: null }} onSend={(written) => sendNow({ space: space.id, root: null }, written).then(({ id }) => {
            close()
            void open(id)
          })} />
      </div>
    </Dialog>
  )
}
