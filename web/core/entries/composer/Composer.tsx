import { IconAt, IconPhoto, IconPlus } from '@tabler/icons-react'
import { useEffect, useLayoutEffect, useRef, useState, type CSSProperties, type KeyboardEvent } from 'react'
import { flushSync } from 'react-dom'
import { useTranslation } from 'react-i18next'
import { insist } from '../../../kernel/later.ts'
import { holdTyping } from '../../../kernel/typing.ts'
import { ActionMenu } from '../../../kernel/ui/ActionMenu.tsx'
import { AUDIENCE_COLOUR } from '../../../kernel/ui/audience.ts'
import { AudienceLine } from '../../../kernel/ui/AudienceLine.tsx'
import { keepDraft, returned, sync } from '../draft-keeping.ts'
import { arrived, EMPTY, isEmpty, readDraft } from '../drafts.ts'
import { outbox } from '../outbox-later.ts'
import { replying } from '../replying.ts'
import { enterSends, type Talk } from '../writing-habits.ts'
import type { ComposerBox } from './ComposerBox.tsx'
import type { Begun, ComposerProps, Wish } from './props.ts'
import { isTouch } from './touch.ts'
import classes from './Composer.module.css'

type Box = typeof ComposerBox
let Loaded: Box | null = null
const load = () => insist(() => import('./ComposerBox.tsx')).then((file) => (Loaded = file.ComposerBox))

/** Where people write: an update, a reply, a message, a change. Cheap to show: a plain field, which hands over to the editor as that comes. */
export function Composer(props: ComposerProps) {
  const { place, to, initial, placeholder, audience, chooser, says = 'readers', name, action, mode = 'post', kinds = [] } = props
  const { t } = useTranslation('entries')
  const asked = replying.use()
  const back = returned.use()
  const came = arrived.use()
  const field = useRef<HTMLTextAreaElement>(null)
  const [wish, setWish] = useState<Wish | null>(() => (initial || !isEmpty(readDraft(place)) ? 'write' : null))
  const [kind, setKind] = useState(props.kind ?? null)
  const [Box, setBox] = useState<Box | null>(null)
  const begun = useRef<Begun>({ files: [] })
  const { [mode as Talk]: enters = false } = enterSends.use()
  const rest = () => {
    begun.current = { files: [] }
    setWish(null)
    setBox(null)
  }
  const begin = (now: Wish, what = props.kind ?? null) => {
    if (now !== 'show' && (what || !field.current)) holdTyping()
    else field.current?.focus({ preventScroll: true })
    setKind(what)
    setWish(now)
  }
  const handOver = (box: Box) => {
    const text = field.current
    if (text?.dataset.composing) return text.addEventListener('compositionend', () => setTimeout(() => flushSync(() => handOver(box))), { once: true })
    if (text) Object.assign(begun.current, { body: text.value, caret: text.value.length - text.selectionEnd, hasFocus: document.activeElement === text })
    setBox(() => box)
  }
  useLayoutEffect(() => {
    if (!wish || Box) return
    if (Loaded) return handOver(Loaded)
    let isGone = false
    // In one step: between the last key for the field and the first for the editor there is nothing.
    load().then((box) => isGone || flushSync(() => handOver(box)), (error) => setWish(() => { throw error }))
    return () => { isGone = true }
  }, [wish, Box])
  const isWished = asked === place || back?.place === place
  useLayoutEffect(() => {
    if (!isWished) return
    setWish((now) => now ?? 'write')
    if (asked === place) field.current?.focus({ preventScroll: true })
  }, [isWished])
  useEffect(() => void sync().then(({ start }) => start()).catch(() => {}), [])
  useEffect(() => {
    if (came?.place === place && !isEmpty(readDraft(place))) setWish((now) => now ?? 'show')
  }, [came])
  const send = () => {
    const written = { ...readDraft(place), body: field.current!.value.trim() }
    if (!written.body) return
    field.current!.value = ''
    keepDraft(place, EMPTY)
    void outbox().then((box) => box.send(to, written, place, { isHeld: mode !== 'chat' }))
  }
  const press = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    const isSend = event.key === 'Enter' && (event.metaKey || event.ctrlKey || (enters && !isTouch && !event.shiftKey))
    if (!isSend || kind) return
    event.preventDefault()
    send()
  }
  const frame = { '--audience': AUDIENCE_COLOUR[audience.scope] } as CSSProperties
  const isOpen = !!wish && !!Box
  return (
    <div className={classes.composer} style={frame} data-composer={place} data-says={says} data-mode={mode}>
      {isOpen ? <Box {...props} wish={wish} begunKind={kind} begun={begun.current} rest={rest} /> : (
        <>
          <textarea ref={field} className={classes.rest} rows={1} placeholder={placeholder} aria-label={placeholder} dir="auto" defaultValue={readDraft(place).body} data-rest
            onPointerEnter={() => void load()} onFocus={() => void load()} onClick={() => begin('write')} onKeyDown={press}
            onCompositionStart={({ currentTarget }) => { currentTarget.dataset.composing = 'yes' }} onCompositionEnd={({ currentTarget }) => { delete currentTarget.dataset.composing }}
            onPaste={({ clipboardData: { files } }) => begun.current.files.push(...files)}
            onChange={({ target }) => { keepDraft(place, { ...readDraft(place), body: target.value }); begin('write') }} />
          <div className={classes.row}>
            <button type="button" className={classes.icon} aria-label={t('add_file')} onClick={() => begin('file')}><IconPhoto size={18} stroke={1.75} /></button>
            <button type="button" className={classes.icon} aria-label={t('mention')} onClick={() => begin('mention')}><IconAt size={18} stroke={1.75} /></button>
            {!props.kind && kinds.length > 0 && (
              <ActionMenu label={t('something_else')} side="below-start" className={classes.icon}
                entries={kinds.map(({ name: what, composer: { Icon, label } }) => ({ label: t(label), Icon, run: () => begin('write', what) }))}>
                <IconPlus size={18} stroke={1.75} /><span className="visually-hidden">{t('something_else')}</span>
              </ActionMenu>
            )}
            <span className={classes.who}>{chooser ?? <AudienceLine audience={audience} name={name} says={says} />}</span>
            <button type="button" className={classes.send} onClick={() => begin('write')}>{action}</button>
          </div>
        </>
      )}
    </div>
  )
}
