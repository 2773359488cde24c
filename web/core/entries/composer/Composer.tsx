import { IconAt, IconPhoto } from '@tabler/icons-react'
import { Suspense, useEffect, useState, type CSSProperties, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { later } from '../../../kernel/later.ts'
import type { Audience } from '../../../kernel/types.ts'
import { AUDIENCE_COLOUR } from '../../../kernel/ui/audience.ts'
import { AudienceLabel } from '../../../kernel/ui/AudienceLabel.tsx'
import { isEmpty, readDraft, returned, type Draft } from '../drafts.ts'
import type { BegunKind } from '../kinds.ts'
import { replying } from '../replying.ts'
import type { Written } from '../sending.ts'
import classes from './Composer.module.css'

const load = () => import('./ComposerBox.tsx')
const ComposerBox = later(() => load().then((file) => file.ComposerBox))

/** Why it was opened, so that the wish is fulfilled when the editor has come. */
export type Wish = 'write' | 'file' | 'mention'

export type ComposerProps = {
  /** Names the draft, and what `replying` may ask to focus. */
  place: string
  /** Whose people can be mentioned. */
  space: string
  audience: Audience
  placeholder: string
  /** What the button says: Post, Reply, Send, Save. */
  action: string
  /** 'post': ⌘Enter sends · 'chat': Enter sends */
  mode?: 'post' | 'chat'
  /** How much is said about who can read it. */
  says?: 'who' | 'readers'
  name?: string
  /** Instead of the sentence, where the space is still to be chosen. */
  chooser?: ReactNode
  hasTitle?: boolean
  /** What one may begin here instead of what is usual. */
  kinds?: BegunKind[]
  /** Which of them it begins with. */
  kind?: string
  /** Files are fixed once something is sent. */
  hasFiles?: boolean
  /** Edits this instead of a draft; stays until it is saved or cancelled. */
  initial?: Draft
  onSend: (written: Written) => Promise<unknown>
  onCancel?: () => void
  onTyping?: () => void
}

/** Where people write: an update, a reply, a message, a change. Cheap to show; the editor is fetched when one begins. */
export function Composer(props: ComposerProps) {
  const { place, initial, placeholder, audience, chooser, says = 'readers', name, action, kinds = [] } = props
  const { t } = useTranslation('entries')
  const asked = replying.use()
  const back = returned.use()
  const [wish, setWish] = useState<Wish | null>(() => (initial || !isEmpty(readDraft(place)) ? 'write' : null))
  const [kind, setKind] = useState(props.kind ?? null)
  const begin = (now: Wish, what = props.kind ?? null) => {
    setKind(what)
    setWish(now)
  }
  const isWished = asked === place || back?.place === place
  useEffect(() => {
    if (isWished) setWish((now) => now ?? 'write')
  }, [isWished])
  const frame = { '--audience': AUDIENCE_COLOUR[audience.scope] } as CSSProperties
  const resting = (
    <>
      <button type="button" className={classes.rest} onClick={() => begin('write')} onPointerEnter={() => void load()} onFocus={() => void load()}>
        {placeholder}
      </button>
      <div className={classes.row}>
        <button type="button" className={classes.icon} aria-label={t('add_file')} onClick={() => begin('file')}><IconPhoto size={18} stroke={1.75} /></button>
        <button type="button" className={classes.icon} aria-label={t('mention')} onClick={() => begin('mention')}><IconAt size={18} stroke={1.75} /></button>
        {!props.kind && kinds.map(({ name: what, composer: { Icon, label } }) => (
          <button key={what} type="button" className={classes.icon} aria-label={t(label)} title={t(label)} onClick={() => begin('write', what)}><Icon size={18} stroke={1.75} /></button>
        ))}
        <span className={classes.who}>{chooser ?? <AudienceLabel audience={audience} name={name} says={says} />}</span>
        <button type="button" className={classes.send} data-rest onClick={() => begin('write')}>{action}</button>
      </div>
    </>
  )
  return (
    <div className={classes.composer} style={frame} data-composer={place} data-says={says} data-mode={props.mode}>
      {wish ? <Suspense fallback={resting}><ComposerBox {...props} wish={wish} begunKind={kind} rest={() => setWish(null)} /></Suspense> : resting}
    </div>
  )
}
