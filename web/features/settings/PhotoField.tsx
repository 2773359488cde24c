import { Button, Group } from '@mantine/core'
import { useRef, type ChangeEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { announce } from '../../kernel/announce.tsx'
import { api } from '../../kernel/api.ts'
import { useCommand } from '../../kernel/query.ts'
import { changeMe, useMe } from '../../kernel/session.tsx'
import type { FileRecord } from '../../kernel/types.ts'
import { Avatar } from '../../kernel/ui/Avatar.tsx'
import classes from './ProfileSettings.module.css'

/** One's face: chosen, shown at once, taken away again. */
export function PhotoField() {
  const { t } = useTranslation('settings')
  const me = useMe()
  const input = useRef<HTMLInputElement>(null)
  const set = useCommand<File | null, string | null>({
    run: async (file) => {
      const photo = file && (await uploadPhoto(file, me.name))
      await api.put('/me/photo', { file: photo })
      return photo
    },
    done: (photo) => {
      changeMe({ photo })
      announce(t(photo ? 'photo.changed' : 'photo.removed'))
    },
    failed: t('photo.failed'),
  })
  const choose = (event: ChangeEvent<HTMLInputElement>) => {
    const file = event.currentTarget.files?.[0]
    if (file) set.mutate(file)
    event.currentTarget.value = ''
  }
  return (
    <div className={classes.photo}>
      <Avatar person={me} size={96} />
      <div>
        <input ref={input} type="file" accept="image/png,image/jpeg,image/webp,image/gif,image/avif" hidden onChange={choose} />
        <Group gap="xs">
          <Button variant="default" loading={set.isPending} onClick={() => input.current?.click()}>{t(me.photo ? 'photo.change' : 'photo.choose')}</Button>
          {me.photo && <Button variant="subtle" color="gray" onClick={() => set.mutate(null)}>{t('photo.remove')}</Button>}
        </Group>
        <p className="quiet">{t('photo.hint')}</p>
      </div>
    </div>
  )
}

async function uploadPhoto(file: File, name: string) {
  const form = new FormData()
  form.append('alt', name)
  form.append('file', file)
  return (await api.post<FileRecord>('/files', form)).id
}
