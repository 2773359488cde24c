import { IconPlus, IconTrash, IconX } from '@tabler/icons-react'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { canChangeEmoji } from '../../../server/core/emoji/policy.ts'
import { askForEmojiAgain, type OwnEmoji } from '../../core/emoji/own-emoji.ts'
import { api } from '../../kernel/api.ts'
import { useCommand } from '../../kernel/query.ts'
import { useMe } from '../../kernel/session.tsx'
import { ConfirmDialog } from '../../kernel/ui/ConfirmDialog.tsx'
import { IconButton } from '../../kernel/ui/IconButton.tsx'
import classes from './Emoji.module.css'

/** One emoji with its names; whoever may gives it others, or removes it after a question. */
export function EmojiRow({ emoji }: { emoji: OwnEmoji }) {
  const { t } = useTranslation('emoji')
  const { network, ...me } = useMe()
  const [isAsking, setIsAsking] = useState(false)
  const [isNaming, setIsNaming] = useState(false)
  const mayChange = canChangeEmoji(me, emoji, network)
  const change = { done: askForEmojiAgain, failed: t('failed') }
  const remove = useCommand<void>({ run: () => api.delete(`/emoji/${emoji.id}`), ...change })
  const call = useCommand<string>({ run: (name) => api.post(`/emoji/${emoji.id}/aliases`, { name }), ...change })
  const forget = useCommand<string>({ run: (name) => api.delete(`/emoji/${emoji.id}/aliases/${encodeURIComponent(name)}`), ...change })
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const name = String(new FormData(event.currentTarget).get('alias') ?? '').trim()
    if (name) call.mutate(name, { onSuccess: () => setIsNaming(false) })
  }
  return (
    <li className={classes.row}>
      <img src={emoji.url} alt="" className={classes.picture} loading="lazy" />
      <span className={classes.names}>
        <b>:{emoji.name}:</b>
        {emoji.aliases.map((name) => (
          <span key={name} className={classes.alias}>:{name}:{mayChange && <IconButton size={24} label={t('forget', { name })} onClick={() => forget.mutate(name)}><IconX size={13} stroke={1.75} /></IconButton>}</span>
        ))}
        {isNaming && <form onSubmit={send}><input name="alias" className={classes.alias_field} aria-label={t('alias_for', { name: emoji.name })} placeholder={t('alias')} maxLength={60} autoFocus onKeyDown={(event) => event.key === 'Escape' && setIsNaming(false)} onBlur={(event) => event.currentTarget.value || setIsNaming(false)} /></form>}
      </span>
      {mayChange && (
        <span className={classes.deeds}>
          <IconButton label={t('alias_for', { name: emoji.name })} onClick={() => setIsNaming(true)}><IconPlus size={16} stroke={1.75} /></IconButton>
          <IconButton label={t('remove_one', { name: emoji.name })} onClick={() => setIsAsking(true)}><IconTrash size={16} stroke={1.75} /></IconButton>
        </span>
      )}
      <ConfirmDialog opened={isAsking} title={t('remove_title', { name: emoji.name })} action={t('remove')} danger busy={remove.isPending} onClose={() => setIsAsking(false)}
        onConfirm={() => remove.mutate(undefined, { onSettled: () => setIsAsking(false) })}>{t('remove_hint', { name: emoji.name })}</ConfirmDialog>
    </li>
  )
}
