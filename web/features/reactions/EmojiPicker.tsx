import { EmojiPicker as Picker, type EmojiPickerListCategoryHeaderProps, type EmojiPickerListEmojiProps, type EmojiPickerListRowProps } from 'frimousse'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { canonicalEmoji } from '../../../server/kernel/text-emoji.ts'
import { canAddEmoji } from '../../../server/core/emoji/policy.ts'
import { useOwnEmoji } from '../../core/emoji/own-emoji.ts'
import { EmojiSign } from '../../core/entries/EmojiName.tsx'
import { useMe } from '../../kernel/session.tsx'
import { frequent, noteUse } from './frequent.ts'
import { hasKeys } from './keys.ts'
import classes from './EmojiPicker.module.css'

// Assistive technology counts rows and columns from 1, the library from 0.
const counted = (index: unknown) => Number(index ?? 0) + 1

const parts = {
  CategoryHeader: ({ category, ...props }: EmojiPickerListCategoryHeaderProps) => <div className={classes.category} {...props}>{category.label}</div>,
  Row: ({ children, ...props }: EmojiPickerListRowProps) => <div className={classes.cells} {...props} aria-rowindex={counted(props['aria-rowindex'])}>{children}</div>,
  Emoji: ({ emoji, ...props }: EmojiPickerListEmojiProps) => <button className={classes.cell} data-active={emoji.isActive || undefined} {...props} aria-colindex={counted(props['aria-colindex'])}>{emoji.emoji}</button>,
}

/** All emoji, to search and to choose from with the arrows; the ones used most stand first. */
export function EmojiPicker({ pick }: { pick: (emoji: string) => void }) {
  const { t, i18n } = useTranslation('reactions')
  const [typed, setTyped] = useState('')
  // The names that the picker reads carry a selector on emoji that need none.
  const choose = (picked: string) => {
    const emoji = canonicalEmoji(picked)
    noteUse(emoji)
    pick(emoji)
  }
  return (
    <Picker.Root className={classes.picker} columns={8} locale={i18n.language === 'de' ? 'de' : 'en'} emojibaseUrl="/emoji" onEmojiSelect={({ emoji }) => choose(emoji)}>
      <div className={classes.frequent} role="group" aria-label={t('frequent')}>
        {frequent().map((emoji) => <button key={emoji} type="button" className={classes.cell} aria-label={emoji} onClick={() => choose(emoji)}><EmojiSign emoji={emoji} /></button>)}
      </div>
      <Picker.Search className={classes.search} data-autofocus={hasKeys || undefined} placeholder={t('search')} aria-label={t('search')} onChange={({ target }) => setTyped(target.value)} />
      <Own typed={typed.trim().toLowerCase()} choose={choose} />
      <Picker.Viewport className={classes.viewport}>
        <Picker.Loading className={classes.note}>{t('loading')}</Picker.Loading>
        <Picker.Empty className={classes.note}>{t('none')}</Picker.Empty>
        <Picker.List className={classes.list} components={parts} />
      </Picker.Viewport>
    </Picker.Root>
  )
}

const MOST_OWN = 48

/** The emoji of this network, by the same search; whoever may finds the way to add one. */
function Own({ typed, choose }: { typed: string; choose: (emoji: string) => void }) {
  const { t } = useTranslation('emoji')
  const { network, ...me } = useMe()
  const list = useOwnEmoji()?.list ?? []
  const found = list.filter(({ name, aliases }) => [name, ...aliases].some((one) => one.includes(typed))).slice(0, MOST_OWN)
  const mayAdd = canAddEmoji(me, network) && !typed
  if (!found.length && !mayAdd) return null
  return (
    <div className={classes.own} role="group" aria-label={t('own')}>
      {found.map(({ id, name, url }) => (
        <button key={id} type="button" className={classes.cell} aria-label={`:${name}:`} title={`:${name}:`} onClick={() => choose(`:${name}:`)}><img src={url} alt="" loading="lazy" /></button>
      ))}
      {mayAdd && <Link to="/emoji" className={classes.add}>{t('add_own')}</Link>}
    </div>
  )
}
