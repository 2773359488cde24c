import { Fragment } from 'react'
import { useTranslation } from 'react-i18next'
import { useAllShortcuts, type Shortcut } from '../../kernel/shortcuts.ts'
import { Dialog } from '../../kernel/ui/Dialog.tsx'
import classes from './ShortcutDialog.module.css'

const isApple = /Mac|iPhone|iPad/.test(navigator.platform)
const KEYCAPS: Record<string, string> = { mod: isApple ? '⌘' : 'Ctrl', Escape: 'Esc', Enter: '↵', Shift: '⇧', ArrowUp: '↑', ArrowDown: '↓' }

/** One line per deed: two ways to the same stand together, and what is mounted twice is listed once. */
function grouped(all: Shortcut[]) {
  const groups = new Map<string, Map<string, string[]>>()
  for (const { group, label, keys } of all) {
    const lines = groups.get(group) ?? groups.set(group, new Map()).get(group)!
    const known = lines.get(label) ?? lines.set(label, []).get(label)!
    if (!known.includes(keys)) known.push(keys)
  }
  return [...groups].map(([group, lines]) => ({ group, lines: [...lines] }))
}

/** Every key that does something now, here. */
export function ShortcutDialog({ close }: { close: () => void }) {
  const { t } = useTranslation('shortcuts')
  return (
    <Dialog close={close} title={t('title')} size="lg">
      <div className={classes.groups}>
        {grouped(useAllShortcuts()).map(({ group, lines }) => (
          <section key={group} aria-label={t(group)}>
            <h3>{t(group)}</h3>
            <dl>
              {lines.map(([label, ways]) => (
                <div key={label}>
                  <dt>{t(label)}</dt>
                  <dd>{ways.map((keys, at) => <Fragment key={keys}>{at > 0 && <span>{t('or')}</span>}<Keys keys={keys} /></Fragment>)}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <p className="quiet">{t('off')}</p>
    </Dialog>
  )
}

function Keys({ keys }: { keys: string }) {
  const { t } = useTranslation('shortcuts')
  return keys.split(' ').map((press, at) => (
    <Fragment key={at}>
      {at > 0 && <span>{t('then')}</span>}
      {press.split('+').map((key) => <kbd key={key}>{KEYCAPS[key] ?? key}</kbd>)}
    </Fragment>
  ))
}
