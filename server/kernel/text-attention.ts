// oxlint-disable no-underscore-dangle -- what the reader of Markdown calls its own
import { JOINED } from './text-scripts.ts'

const joined = new RegExp(`^(?:${JOINED})$`, 'u')
const punctuation = /^[\p{P}\p{S}]$/u
const blank = /^\s?$/
const selector = /[\ufe00-\ufe0f\u{e0100}-\u{e01ef}]$/u

type Code = number | null
type Place = { _index: number; _bufferIndex: number }
type Sequence = { _open?: boolean; _close?: boolean }
type Effects = { exit: (type: string) => Sequence }
type State = (code: Code) => State | undefined
type Construct = { name: string; tokenize: (this: Context, effects: Effects, ok: State, nok: State) => State; resolveAll: (events: unknown[], context: Context) => unknown[] }
type Context = {
  previous: Code
  now: () => Place
  sliceSerialize: (range: { start: Place; end: Place }) => string
  parser: { constructs: { text: Record<number, Construct[]> } }
}

/**
 * `**注意：**本文` is bold. CommonMark lets a run of stars close only where a space or sign follows once a sign stands before
 * it, which holds for scripts that set spaces between words (commonmark-spec#650). The rule beside others is that of
 * github.com/tats-u/markdown-cjk-friendly, which GitLab and others read by: signs of such a script are taken as its letters,
 * and a letter of it beside a run is as good as a space. What CommonMark lets open or close goes on doing so.
 */
export const attention = { text: { 42: besides('*', 'attention'), 95: besides('_', 'attention'), 126: besides('~', 'strikethrough') } }

/** Stands before the reader's own construct of that name, has it do its work, and lets the run open or close in more places. */
function besides(sign: string, name: string): Construct {
  const own = (context: Context) => context.parser.constructs.text[sign.charCodeAt(0)].find((one) => one.name === name)!
  return {
    name: `joined-${name}`,
    resolveAll: (events, context) => own(context).resolveAll(events, context),
    tokenize(effects, ok, nok) {
      const before = signBefore(this)
      let run: Sequence = {}
      const exit = (type: string) => (run = effects.exit(type))
      return own(this).tokenize.call(this, { ...effects, exit }, (code) => {
        widen(run, before, signOf(code), sign === '_')
        return ok(code)
      }, nok)
    },
  }
}

function widen(run: Sequence, before: string, after: string, isUnderscore: boolean): void {
  const [isJoinedBefore, isJoinedAfter] = [joined.test(before), joined.test(after)]
  if (!isJoinedBefore && !isJoinedAfter) return
  const reaches = (inner: string, isInnerJoined: boolean, outer: string, isOuterJoined: boolean) =>
    !blank.test(inner) && (isInnerJoined || !punctuation.test(inner) || blank.test(outer) || isOuterJoined || punctuation.test(outer))
    // Within a word an underscore is a letter of a name; with a sign on its inner side it stands in no name.
    && (!isUnderscore || punctuation.test(inner))
  run._open ||= reaches(after, isJoinedAfter, before, isJoinedBefore)
  run._close ||= reaches(before, isJoinedBefore, after, isJoinedAfter)
}

/** The sign before this place, whole: a pair of surrogates is one, and a variation selector belongs to what it varies. */
function signBefore(context: Context): string {
  if (context.previous === null || context.previous < 0) return ''
  const end = context.now()
  const text = context.sliceSerialize({ start: { ...end, _bufferIndex: Math.max(0, end._bufferIndex - 4) }, end })
  return [...text.replace(selector, '')].at(-1) ?? ''
}

// Of a pair of surrogates only the first is known here; those that begin with these are ideographs.
const signOf = (code: Code): string => code === null || code < 0 ? '' : code >= 0xd840 && code <= 0xd8bf ? '𠀀' : String.fromCharCode(code)
