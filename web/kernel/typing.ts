const LONGEST = 15_000

let held: { field: HTMLTextAreaElement; before: Element | null; giveUp: () => void } | null = null

/** What has the focus; while keys are held, what had it before. */
export const focused = (): Element | null => (held ? held.before : document.activeElement)

/** Nothing will come that takes what is held. */
export const releaseTyping = (): void => held?.giveUp()

/**
 * Holds what is typed from the moment something with a field was asked for until that field has come and takes the focus:
 * then the words stand in it. So no letter is lost meanwhile, none is a shortcut, and none goes into what lies behind.
 */
export function holdTyping(): void {
  held?.giveUp()
  const before = document.activeElement
  const field = document.createElement('textarea')
  field.className = 'visually-hidden'
  // Not where it would stand: that is below the frame, and would make the page longer.
  Object.assign(field.style, { position: 'fixed', top: '0' })
  field.tabIndex = -1
  field.ariaHidden = 'true'
  const end = () => {
    held = null
    clearTimeout(timer)
    document.removeEventListener('focusin', pass)
    document.removeEventListener('pointerdown', end, true)
    field.remove()
  }
  const giveUp = () => {
    const isHere = document.activeElement === field
    end()
    if (isHere && before instanceof HTMLElement) before.focus({ preventScroll: true })
  }
  const pass = ({ target }: FocusEvent) => {
    if (target === field) return
    const { value } = field
    end()
    // Its own work with the focus comes first: where the cursor stands.
    if (value) queueMicrotask(() => document.activeElement === target && document.execCommand('insertText', false, value))
  }
  const timer = setTimeout(giveUp, LONGEST)
  held = { field, before, giveUp }
  document.body.append(field)
  field.focus({ preventScroll: true })
  document.addEventListener('focusin', pass)
  document.addEventListener('pointerdown', end, true)
  field.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' || event.key === 'Tab') giveUp()
  })
}
