import { EmojiPicker as Picker, type EmojiPickerListCategoryHeaderProps, type EmojiPickerListEmojiProps, type EmojiPickerListRowProps } from 'frimousse'
import { useTranslation } from 'react-i18next'
import { canonicalEmoji } from '../../../server/kernel/text-emoji.ts'
import { frequent, noteUse } from './frequent.ts'
import classes from './EmojiPicker.module.css'

// Assistive technology counts rows and columns from 1, the library from 0.
const counted = (index: unknown) => Number(index ?? 0) + 1

const parts = {
  CategoryHeader: ({ category, ...props }: EmojiPickerListCategoryHeaderProps) => <div className={classes.category} {...props}>{category.label}</div>,
  Row: ({ children, ...props }: EmojiPickerListRowProps) => <div className={classes.cells} {...props} aria-rowindex={counted(props['aria-rowindex'])}>{children}</div>,
  Emoji: ({ emoji, ...props }: EmojiPickerListEmojiProps) => <button className={classes.cell} data-active={emoji.isActive || undefined} {...props} aria-colindex={counted(props['aria-colindex'])}>{emoji.emoji}</button>,
}

// On a touch screen the keyboard would cover what one wants to see.
const hasKeys = matchMedia('(hover: hover)').matches

/** All emoji, to search and to choose from with the arrows; the ones used most stand first. */
export function EmojiPicker({ pick }: { pick: (emoji: string) => void }) {
  const { t, i18n } = useTranslation('reactions')
  // The names that the picker reads carry a selector on emoji that need none.
  const choose = (picked: string) => {
    const emoji = canonicalEmoji(picked)
    noteUse(emoji)
    pick(emoji)
  }
  return (
    <Picker.Root className={classes.picker} columns={8} locale={i18n.language === 'de' ? 'de' : 'en'} emojibaseUrl="/emoji" onEmojiSelect={({ emoji }) => choose(emoji)}>
      <div className={classes.frequent} role="group" aria-label={t('frequent')}>
        {frequent().map((emoji) => <button key={emoji} type="button" className={classes.cell} aria-label={emoji} onClick={() => choose(emoji)}>{emoji}</button>)}
      </div>
      <Picker.Search className={classes.search} data-autofocus={hasKeys || undefined} placeholder={t('search')} aria-label={t('search')} />
      <Picker.Viewport className={classes.viewport}>
        <Picker.Loading className={classes.note}>{t('loading')}</Picker.Loading>
        <Picker.Empty className={classes.note}>{t('none')}</Picker.Empty>
        <Picker.List className={classes.list} components={parts} />
      </Picker.Viewport>
    </Picker.Root>
  )
}
