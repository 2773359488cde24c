// A person's next press of a key comes later than this after the one that ended a composition.
const SAME_PRESS_MS = 30
const KEY_OF_INPUT_METHOD = 229

let endedAt = -Infinity

/** Keys that choose, send or close; the letters of a composition are the field's own matter. */
const isDeed = ({ key }: KeyboardEvent) => key === 'Enter' || key === 'Tab' || key === 'Escape' || key === ' ' || key.startsWith('Arrow')

/**
 * Whether a press belongs to the composition of a word (Japanese, Chinese, Korean, dead keys) and not to the page. Chromium and
 * Firefox say so while it lasts; Safari ends the composition first and sends the Enter that ended it afterwards, with 229 alone
 * to tell it by, and some input methods with nothing but the moment.
 */
const isOfComposition = (event: KeyboardEvent) =>
  event.isComposing || event.keyCode === KEY_OF_INPUT_METHOD || Math.abs(event.timeStamp - endedAt) < SAME_PRESS_MS

/**
 * Keeps the keys of input methods from everything that acts on keys: composers, lists of suggestions, dialogs, shortcuts.
 * What the browser itself does with them goes on. Called once, before anything else listens.
 */
export function leaveKeysToComposition() {
  window.addEventListener('compositionend', (event) => { endedAt = event.timeStamp }, true)
  window.addEventListener('keydown', (event) => {
    if (isDeed(event) && isOfComposition(event)) event.stopImmediatePropagation()
  }, true)
}
