import type { Editor } from '@tiptap/core'
import { Suspense, useEffect, useLayoutEffect, useRef, useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { announce } from '../../../kernel/announce.tsx'
import { releaseTyping } from '../../../kernel/typing.ts'
import { reasonOf } from '../../../kernel/reason.ts'
import { AudienceLine } from '../../../kernel/ui/AudienceLine.tsx'
import { keepDraft, returned } from '../draft-keeping.ts'
import { arrived, EMPTY, isEmpty, isSameDraft, readDraft, type Draft } from '../drafts.ts'
import { entryExtensions } from '../extensions.ts'
import { replying } from '../replying.ts'
import { send } from '../outbox.ts'
import { enterSends, noteTold, type Talk } from '../writing-habits.ts'
import { Attachments } from './Attachments.tsx'
import { DraftBeside } from './DraftBeside.tsx'
import type { Begun, ComposerProps, Wish } from './props.ts'
import { FormatBar, InsertBar } from './Toolbar.tsx'
import { isFaithful, toDocument } from './editor-markdown.ts'
import { KindChooser } from './KindChooser.tsx'
import { EnterTold } from './EnterTold.tsx'
import { goOn, RichText } from './RichText.tsx'
import { SourceText } from './SourceText.tsx'
import { useAttachments } from './use-attachments.ts'
import { isTouch } from './touch.ts'
import { words } from './words.ts'
import classes from './Composer.module.css'

type Props = ComposerProps & { wish: Wish; begunKind?: string | null; begun?: Begun; rest: () => void }

const isApple = /Mac|iPhone|iPad/.test(navigator.platform)

/** The composer while somebody writes in it. */
export function ComposerBox(props: Props) {
  const { place, to, space, audience, placeholder, action, mode = 'post', says = 'readers', name, chooser, hasTitle, kinds = [], initial, onSend, onCancel, onTyping, wish, begunKind = null, begun, rest } = props
  const { t } = useTranslation('entries')
  const [start, setStart] = useState(() => initial ?? { ...readDraft(place), ...(begun?.body !== undefined && { body: begun.body }) })
  const [title, setTitle] = useState(start.title)
  const [kind, setKind] = useState(begunKind ?? start.kind)
  const [facts, setFacts] = useState(start.facts)
  const special = kinds.find(({ name: one }) => one === kind)?.composer
  const body = useRef(start.body)
  const [hasBody, setHasBody] = useState(!!start.body.trim())
  // Of texts without a link nothing more is drawn while one writes.
  const [linked, setLinked] = useState(start.body)
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
  const takesFocus = useRef(begun?.hasFocus || wish === 'write')
  const caret = useRef(begun?.caret)
  const titleField = useRef<HTMLInputElement>(null)
  const enters = enterSends.use()
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
    setLinked(text.includes('://') ? text : '')
    setHasBody(!!text.trim())
    keep()
    if (text) onTyping?.()
  }

  /** Begins anew with another text: another place, something given back, or another view of it. */
  const begin = (next: Draft, source = !isFaithful(next.body), isAsked = true) => {
    takesFocus.current = isAsked
    caret.current = 0
    known.current = next
    body.current = next.body
    setStart(next)
    setTitle(next.title)
    setKind(next.kind)
    setFacts(next.facts)
    setHasBody(!!next.body.trim())
    setLinked(next.body)
    setIsSource(source)
    attachments.reset(next.files)
    setTurn((now) => now + 1)
  }
  /** Empties it without a new editor: the keyboard of a phone stays where it is. */
  const clear = () => {
    if (!editor || editor.isDestroyed || isSource) return begin(EMPTY, false)
    editor.commands.setContent(toDocument(''))
    body.current = ''
    setLinked('')
    setTitle('')
    setKind(null)
    setFacts({})
    setHasBody(false)
    attachments.reset([])
  }
  useEffect(() => {
    if (back?.place !== place) return
    returned.set(null)
    setProblem(back.reason || null)
    if (back.reason) announce(back.reason)
    begin(readDraft(place))
  }, [back])
  useEffect(() => {
    // From another device: it comes without taking the focus from what one does here.
    const next = readDraft(place)
    if (came?.place === place && !initial && !isSameDraft(next, draft())) begin(next, undefined, !!frame.current?.contains(document.activeElement))
  }, [came])
  useLayoutEffect(() => {
    if (asked !== place) return
    replying.set(null)
    if (editor) goOn(editor)
  }, [asked, editor])
  // A question begins with what is asked.
  useLayoutEffect(() => {
    if (special && begunKind && takesFocus.current) titleField.current?.focus({ preventScroll: true })
  }, [])
  useEffect(() => {
    if (begun?.files.length) attachments.add(begun.files.splice(0))
    return releaseTyping
  }, [])
  useEffect(() => {
    if (!editor || turn > 0) return
    if (wish === 'file') picker.current?.click()
    if (wish !== 'mention') return
    goOn(editor)
    editor.commands.insertContent(words('@'))
  }, [editor])

  const takeAlong = (others: Draft[]) => {
    const whole = {
      ...draft(), title: title || others.find((one) => one.title)?.title || '', body: [body.current, ...others.map((one) => one.body)].filter(Boolean).join('\n\n'),
      files: [...attachments.files, ...others.flatMap((one) => one.files)],
    }
    keepDraft(place, whole)
    begin(whole)
  }

  const talk: Talk | null = mode === 'post' ? null : mode
  const isEnter = !!talk && !isTouch && enters[talk]
  const isSaid = special ? !!title.trim() : hasBody || !!title.trim() || attachments.files.length > 0
  const isReady = isSaid && !attachments.isUploading && !isBusy
  const [isAwaited, setIsAwaited] = useState(false)
  const content = () => ({ ...draft(), facts: special?.atSend?.(facts) ?? facts, title: title.trim(), body: body.current.trim() })
  const sent = () => {
    clear()
    // After it: while the editor is emptied, title and files are still there.
    known.current = EMPTY
    keepDraft(place, EMPTY)
    if (mode === 'post' && (hasTitle || special)) rest()
  }
  const submit = () => {
    if (!isReady) return void (isSaid && attachments.isUploading && setIsAwaited(true))
    const written = content()
    setProblem(null)
    if (onSend) return void save(onSend, written)
    sent()
    if (talk && !enters.told.includes(talk)) noteTold(talk)
    send(to, written, place, { isHeld: mode !== 'chat' })
  }
  useEffect(() => {
    if (!isAwaited || attachments.isUploading) return
    setIsAwaited(false)
    // Without a file that did not come it would be another message.
    if (!attachments.all.some(({ problem: failed }) => failed)) submit()
  }, [isAwaited, attachments.isUploading])
  const save = async (change: NonNullable<typeof onSend>, written: ReturnType<typeof draft>) => {
    setIsBusy(true)
    try {
      await change(written)
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
    setTimeout(() => frame?.querySelector<HTMLElement>('[data-rest]')?.focus({ preventScroll: true }))
  }
  const text = { key: `${turn}`, body: start.body, placeholder: special?.placeholder ? t(special.placeholder) : placeholder, onChange: changed, onSubmit: submit, enterSends: isEnter, onFiles: attachments.add, autoFocus: takesFocus.current && !(special && begunKind), caret: caret.current }

  return (
    <div ref={frame} onKeyDown={press} tabIndex={-1}>
      {problem && <p className={classes.problem} role="alert">{problem}</p>}
      {!initial && <DraftBeside place={place} take={takeAlong} />}
      {kinds.length > 0 && !initial && <KindChooser kinds={kinds} kind={special ? kind : null} choose={setKind} />}
      {(hasTitle || special) && (
        <input ref={titleField} className={classes.title} value={title} maxLength={200} placeholder={t(special?.title ?? 'title')} aria-label={t(special?.title ?? 'title')} onChange={(event) => setTitle(event.target.value)} />
      )}
      {special?.Fields && <Suspense><special.Fields space={space} title={title} facts={facts} setFacts={setFacts} /></Suspense>}
      {isSource ? <SourceText {...text} /> : <RichText {...text} space={space} isWhole={!!initial} onEditor={setEditor} />}
      <Attachments attachments={attachments} />
      {entryExtensions.writing.map((Writing, at) => <Writing key={at} body={linked} />)}
      {!isSource && editor && <FormatBar editor={editor} />}
      <div className={classes.row}>
        <input ref={picker} type="file" multiple hidden onChange={({ target }) => { attachments.add([...(target.files ?? [])]); target.value = '' }} />
        <InsertBar editor={isSource ? null : editor} isSource={isSource} pick={() => picker.current?.click()}
          toggleSource={isSource && !isFaithful(body.current) ? undefined : () => begin({ ...draft() }, !isSource)} />
        <span className={classes.who}>{chooser ?? <AudienceLine audience={audience} name={name} says={says} />}</span>
        <span className={classes.end}>
          {onCancel && <button type="button" className={classes.cancel} onClick={onCancel}>{t('kernel:cancel')}</button>}
          {isAwaited && <span className={classes.awaited} role="status">{t('sends_with_files')}</span>}
          <button type="button" className={classes.send} disabled={isAwaited || !isSaid || isBusy} onClick={submit} title={isEnter ? t('enter_sends') : t('sends', { keys: isApple ? '⌘↵' : 'Ctrl+Enter' })}>{special && !initial ? t(special.action) : action}</button>
          {!onSend && <Suspense>{entryExtensions.send.map((Send, at) => <Send key={at} to={to} place={place} isReady={isReady} written={content} sent={sent} />)}</Suspense>}
        </span>
      </div>
      {talk && !isTouch && !initial && !enters.told.includes(talk) && hasBody && <EnterTold talk={talk} />}
    </div>
  )
}
