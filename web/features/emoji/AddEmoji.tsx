import { Button, FileInput, Group, TextInput } from '@mantine/core'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { askForEmojiAgain, type OwnEmoji } from '../../core/emoji/own-emoji.ts'
import { api } from '../../kernel/api.ts'
import { base64 } from '../../kernel/base64.ts'
import { errorAt, isGeneral } from '../../kernel/form.ts'
import { notify } from '../../kernel/notify.ts'
import { useCommand } from '../../kernel/query.ts'
import { reasonOf } from '../../kernel/reason.ts'
import { FormError } from '../../kernel/ui/FormError.tsx'
import classes from './Emoji.module.css'

const MOST_BYTES = 262_144

/** A picture and its name; the name of the file is a good beginning. */
export function AddEmoji() {
  const { t } = useTranslation('emoji')
  const [file, setFile] = useState<File | null>(null)
  const [name, setName] = useState('')
  const isLarge = !!file && file.size > MOST_BYTES
  const add = useCommand<void, OwnEmoji>({
    run: async () => api.post<OwnEmoji>('/emoji', { name, picture: await base64(file!) }),
    done: (emoji) => {
      askForEmojiAgain()
      notify(t('added', { name: emoji.name }))
      setFile(null)
      setName('')
    },
  })
  const choose = (chosen: File | null) => {
    setFile(chosen)
    if (chosen && !name) setName(chosen.name.replace(/\.\w+$/, '').toLowerCase().replace(/[^a-z0-9_+'-]+/g, '_').replace(/^[^a-z0-9]+/, '').slice(0, 60))
  }
  const send = (event: FormEvent) => {
    event.preventDefault()
    if (file && !isLarge) add.mutate()
  }
  return (
    <form onSubmit={send}>
      <Group gap="sm" align="flex-start" className={classes.add}>
        <FileInput label={t('picture')} placeholder={t('choose')} accept="image/png,image/gif,image/webp" value={file} onChange={choose} required clearable error={isLarge ? t('too_large') : undefined} className={classes.field} />
        <TextInput label={t('name')} leftSection=":" rightSection=":" value={name} maxLength={60} required onChange={(event) => setName(event.currentTarget.value)} error={errorAt(add.error, 'name')} className={classes.field} />
        <Button type="submit" mt={26} loading={add.isPending} disabled={!file || isLarge || !name.trim()}>{t('add_it')}</Button>
      </Group>
      {isGeneral(add.error, ['name']) && <FormError>{reasonOf(t, add.error)}</FormError>}
    </form>
  )
}
