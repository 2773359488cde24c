import type { CSSProperties } from 'react'
import { useTranslation } from 'react-i18next'
import composer from '../../core/entries/composer/Composer.module.css'
import { ComposerBox } from '../../core/entries/composer/ComposerBox.tsx'
import { kindsIn } from '../../core/entries/kinds.ts'
import { send } from '../../core/entries/outbox.ts'
import { useSpace } from '../../core/spaces/queries.ts'
import { AUDIENCE_COLOUR } from '../../kernel/ui/audience.ts'
import { Dialog } from '../../kernel/ui/Dialog.tsx'
import type { Answering } from './answering.ts'
import classes from './Facts.module.css'

/** Says that it is otherwise, or what is so now; without a connection it waits for one, like all that is sent. */
export function AnswerDialog({ answer: { how, fact, space: id, about, claim }, close }: { answer: Answering; close: () => void }) {
  const { t } = useTranslation('fact-cards')
  const { data: space } = useSpace(id)
  if (!space) return null
  const place = { space: id, root: null }
  const start = { kind: 'fact', facts: { [how]: fact }, title: claim, body: '', files: [] }
  return (
    <Dialog close={close} title={t(`${how}_title`)} size="lg">
      <p className={classes.asked}>{t('about', { about })}</p>
      <div className={composer.composer} style={{ '--audience': AUDIENCE_COLOUR[space.audience.scope] } as CSSProperties}>
        <ComposerBox place={`fact/${fact}`} space={id} audience={space.audience} placeholder={t('facts:details')} action={t('facts:say')} kinds={kindsIn(space.kind).filter(({ name }) => name === 'fact')}
          initial={start} wish="show" rest={close} onCancel={close} to={place} onSend={async (written) => {
            send(place, written, `space/${id}`, { isHeld: false })
            close()
          }} />
      </div>
    </Dialog>
  )
}
