import type { Editor } from '@tiptap/core'
import { Suspense, useEffect, useRef, useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { announce } from '../../../kernel/announce.tsx'
import { reasonOf } from '../../../kernel/reason.ts'
import { AudienceLabel } from '../../../kernel/ui/AudienceLabel.tsx'
import { arrived, EMPTY, giveBack, isEmpty, isSameDraft, keepDraft, readDraft, returned, type Draft } from '../drafts.ts'
import { replying } from '../replying.ts'
import { Attachments } from './Attachments.tsx'
import { DraftBeside } from './DraftBeside.tsx'
import type { ComposerProps, Wish } from './Composer.tsx'
import { FormatBar, InsertBar } from './Toolbar.tsx'
import { isFaithful, toDocument } from './editor-markdown.ts'
import { KindChooser } from './KindChooser.tsx'
import { RichText } from './RichText.tsx'
import { SourceText } from './SourceText.tsx'
import { useAttachments } from './use-attachments.ts'
import { words } from './words.ts'
import classes from './Composer.module.css'

type Props = ComposerProps & { wish: Wish; begunKind?: string | null; rest: () => void }

const isApple = /Mac|iPhone|iPad/.test(navigator.platform)

/** The composer while somebody writes in it. */
export function ComposerBox(props: Props) {
  const { place, space, audience, placeholder, action, mode = 'post', says = 'readers', name, chooser, hasTitle, kinds = [], hasFiles = true, initial, onSend, onCancel, onTyping, wish, begunKind = null, rest } = props
  const { t } = useTranslation('entries')
  const [start, setStart] = useState(() => initial ?? readDraft(place))
  const [title, setTitle] = useState(start.title)
  const [kind, setKind] = useState(begunKind ?? start.kind)
  const [facts, setFacts] = useState(start.facts)
  const special = kinds.find(({ name: one }) => one === kind)?.composer
  const body = useRef(start.body)
  const [hasBody, setHasBody] = useState(!!start.body.trim())
  const [turn, setTurn] = useState(0)
  const [isSource, setIsSource] = useState(() => !isFaithful(start.body))
  const [problem, setProblem] = useState<string | null>(null)
  const [isBusy, setIsBusy] = useState(false)
  const [editor, setEditor] = useState<Editor | null>(null)
  const attachments = useAttachments(start.files)
  const picker = useRef<HTMLInputElement>(null)
  const back = returned.use()
  const came = arrived.use()
  const frame = useRef<HTMLDivElement>(null)
  const takesFocus = useRef(wish === 'write')
  const asked = replying.use()

  const draft = () => ({ kind, facts, title, body: body.current, files: attachments.files, space: place === 'home' ? space : undefined })
  // Only what changed here: what came from elsewhere since this began is newer than what it began with.
  const known = useRef<Draft>(start)
  const keep = () => {
    if (initial || isSameDraft(known.current, draft())) return
    known.current = draft()
    keepDraft(place, known.current)
  }
  useEffect(keep, [title, attachments.files, space, kind, facts])
  const changed = (text: string) => {
    body.current = text
    setHasBody(!!text.trim())
    keep()
    if (text) onTyping?.()
  }

  /** Begins anew with another text: another place, something given back, or another view of it. */
  const begin = (next: Draft, source = !isFaithful(next.body), isAsked = true) => {
    takesFocus.current = isAsked
    known.current = next
    body.current = next.body
    setStart(next)
    setTitle(next.title)
    setKind(next.kind)
    setFacts(next.facts)
    setHasBody(!!next.body.trim())
    setIsSource(source)
    attachments.reset(next.files)
    setTurn((now) => now + 1)
  }
  /** Empties it without a new editor: the keyboard of a phone stays where it is. */
  const clear = () => {
    if (!editor || editor.isDestroyed || isSource) return begin(EMPTY, false)
    editor.commands.setContent(toDocument(''))
    body.current = ''
    setTitle('')
    setKind(null)
    setFacts({})
    setHasBody(false)
    attachments.reset([])
  }
  useEffect(() => {
    if (back?.place !== place) return
    returned.set(null)
    setProblem(back.reason)
    announce(back.reason)
    begin(readDraft(place))
  }, [back])
  useEffect(() => {
    // From another device: it comes without taking the focus from what one does here.
    const next = readDraft(place)
    if (came?.place === place && !initial && !isSameDraft(next, draft())) begin(next, undefined, !!frame.current?.contains(document.activeElement))
  }, [came])
  useEffect(() => {
    // A slow browser may have made the editor anew: the dead one is followed by another.
    if (asked !== place || ((!editor || editor.isDestroyed) && !isSource)) return
    replying.set(null)
    editor?.commands.focus('end')
  }, [asked, editor])
  useEffect(() => {
    if (!editor || editor.isDestroyed || turn > 0) return
    if (wish === 'file') picker.current?.click()
    if (wish === 'mention') editor.chain().focus().insertContent(words('@')).run()
  }, [editor])

  const takeAlong = (others: Draft[]) => {
    const whole = {
      ...draft(), title: title || others.find((one) => one.title)?.title || '', body: [body.current, ...others.map((one) => one.body)].filter(Boolean).join('\n\n'),
      files: [...attachments.files, ...others.flatMap((one) => one.files)],
    }
    keepDraft(place, whole)
    begin(whole)
  }

  const isSaid = special ? !!title.trim() : hasBody || !!title.trim() || attachments.files.length > 0
  const isReady = isSaid && !attachments.isUploading && !isBusy
  const submit = async () => {
    if (!isReady) return
    const written = { ...draft(), title: title.trim(), body: body.current.trim() }
    setProblem(null)
    if (initial) return save(written)
    clear()
    // After it: while the editor is emptied, title and files are still there.
    keepDraft(place, EMPTY)
    if (mode === 'post' && (hasTitle || special)) rest()
    onSend(written).then(() => announce(t('sent')), (error) => giveBack(place, written, t('not_sent', { reason: reasonOf(t, error) })))
  }
  const save = async (written: ReturnType<typeof draft>) => {
    setIsBusy(true)
    try {
      await onSend(written)
    } catch (error) {
      setProblem(t('not_saved', { reason: reasonOf(t, error) }))
      setIsBusy(false)
    }
  }
  /** Escape leaves: an edit is given up, an empty box rests, and what was begun is kept; the focus stays near. */
  const press = (event: KeyboardEvent<HTMLElement>) => {
    const box = event.currentTarget
    const { target } = event
    // Of menus and pickers that were opened from here, and of the box itself, this is not the key.
    if (event.key !== 'Escape' || target === box || !box.contains(target as Node)) return
    event.stopPropagation()
    if (onCancel) return onCancel()
    if (!isEmpty(draft())) return box.focus({ preventScroll: true })
    const frame = box.closest('[data-composer]')
    rest()
    setTimeout(() => frame?.querySelector('button')?.focus({ preventScroll: true }))
  }
  const text = { key: `${turn}`, body: start.body, placeholder, onChange: changed, onSubmit: () => void submit(), mode, onFiles: hasFiles ? attachments.add : () => {}, autoFocus: takesFocus.current }

  return (
    <div ref={frame} onKeyDown={press} tabIndex={-1}>
      {problem && <p className={classes.problem} role="alert">{problem}</p>}
      {!initial && <DraftBeside place={place} take={takeAlong} />}
      {kinds.length > 0 && !initial && <KindChooser kinds={kinds} kind={special ? kind : null} choose={setKind} />}
      {(hasTitle || special) && (
        <input className={classes.title} value={title} maxLength={200} placeholder={t(special?.title ?? 'title')} aria-label={t(special?.title ?? 'title')} onChange={(event) => setTitle(event.target.value)} />
      )}
      {special?.Fields && <Suspense><special.Fields space={space} title={title} facts={facts} setFacts={setFacts} /></Suspense>}
      {isSource ? <SourceText {...text} /> : <RichText {...text} space={space} onEditor={setEditor} />}
      {hasFiles && <Attachments attachments={attachments} />}
      {!isSource && editor && <FormatBar editor={editor} />}
      <div className={classes.row}>
        <input ref={picker} type="file" multiple hidden onChange={({ target }) => { attachments.add([...(target.files ?? [])]); target.value = '' }} />
        <InsertBar editor={isSource ? null : editor} isSource={isSource} pick={hasFiles ? () => picker.current?.click() : undefined}
          toggleSource={isSource && !isFaithful(body.current) ? undefined : () => begin({ ...draft() }, !isSource)} />
        <span className={classes.who}>{chooser ?? <AudienceLabel audience={audience} name={name} says={says} />}</span>
        <span className={classes.end}>
          {onCancel && <button type="button" className={classes.cancel} onClick={onCancel}>{t('kernel:cancel')}</button>}
          <button type="button" className={classes.send} disabled={!isReady} onClick={() => void submit()} title={mode === 'chat' ? t('enter_sends') : t('sends', { keys: isApple ? '⌘↵' : 'Ctrl+Enter' })}>{special && !initial ? t(special.action) : action}</button>
        </span>
      </div>
    </div>
  )
}
