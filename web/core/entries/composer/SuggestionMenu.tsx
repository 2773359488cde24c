import type { Editor } from '@tiptap/core'
import { useEffect, useId } from 'react'
import { useTranslation } from 'react-i18next'
import { Avatar } from '../../../kernel/ui/Avatar.tsx'
import type { Menu } from './use-suggestions.ts'
import classes from './SuggestionMenu.module.css'

const ROW = 40

/** The list of what is offered, at the place of writing. The focus stays in the text. */
export function SuggestionMenu({ items, at, box, choose, point, editor }: Menu & { editor: Editor | null }) {
  const { t } = useTranslation('entries')
  const id = useId()
  useEffect(() => {
    const text = editor?.view.dom
    text?.setAttribute('aria-controls', id)
    text?.setAttribute('aria-autocomplete', 'list')
    text?.setAttribute('aria-activedescendant', `${id}-${at}`)
    return () => ['aria-controls', 'aria-activedescendant'].forEach((name) => text?.removeAttribute(name))
  }, [editor, id, at])
  if (!box) return null
  const height = items.length * ROW + 10
  const isBelow = box.bottom + height < window.innerHeight - 12
  const left = Math.max(8, Math.min(box.left, window.innerWidth - 308))
  const place = isBelow ? { left, top: box.bottom + 6 } : { left, bottom: window.innerHeight - box.top + 6 }
  return (
    <ul id={id} role="listbox" aria-label={t('suggestions')} className={classes.menu} style={place}>
      {items.map((item, place) => (
        <li key={item.id} id={`${id}-${place}`} role="option" aria-selected={place === at} className={classes.item}
          onPointerMove={() => place !== at && point(place)}
          onPointerDown={(event) => { event.preventDefault(); choose(item) }}>
          {item.person ? <Avatar person={item.person} size={24} /> : <span className={classes.sign} aria-hidden>{item.picture ? <img src={item.picture} alt="" /> : item.sign}</span>}
          <span className={classes.label}>{item.label}</span>
          {item.detail && <span className={classes.detail}>{item.detail}</span>}
        </li>
      ))}
    </ul>
  )
}
