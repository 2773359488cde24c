import { useCallback, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, newKey, upload } from '../../../kernel/api.ts'
import { announce } from '../../../kernel/announce.tsx'
import { reasonOf } from '../../../kernel/reason.ts'
import type { FileRecord } from '../../../kernel/types.ts'

/** A file on its way: `file` when it has arrived, `problem` when it could not. */
export type Attachment = { key: string; name: string; share: number; file?: FileRecord; problem?: string }

const MOST = 20

const arrived = (file: FileRecord): Attachment => ({ key: file.id, name: file.name, share: 1, file })

/** The files of what is being written: uploaded at once, so that sending is quick. */
export function useAttachments(start: FileRecord[]) {
  const { t } = useTranslation('entries')
  const [all, setAll] = useState<Attachment[]>(() => start.map(arrived))
  const latest = useRef(all)
  const set = (next: Attachment[]) => setAll((latest.current = next))
  const change = (key: string, more: Partial<Attachment>) => set(latest.current.map((one) => (one.key === key ? { ...one, ...more } : one)))

  const add = useCallback((files: File[]) => {
    for (const source of files.slice(0, Math.max(0, MOST - latest.current.length))) {
      const key = newKey()
      set([...latest.current, { key, name: source.name, share: 0 }])
      const form = new FormData()
      form.append('file', source, source.name)
      upload<FileRecord>('/files', form, (share) => change(key, { share })).then(
        (file) => {
          change(key, { file, share: 1 })
          announce(t('uploaded', { name: file.name }))
        },
        (error) => change(key, { problem: reasonOf(t, error) }),
      )
    }
  }, [])

  return {
    all, add,
    files: useFiles(all),
    isUploading: all.some((one) => !one.file && !one.problem),
    remove: (key: string) => set(latest.current.filter((one) => one.key !== key)),
    reset: (files: FileRecord[]) => set(files.map(arrived)),
    describe: (key: string, alt: string) => {
      const file = latest.current.find((one) => one.key === key)?.file
      if (!file || file.alt === alt) return
      change(key, { file: { ...file, alt } })
      void api.patch(`/files/${file.id}`, { alt }).catch((error) => change(key, { problem: reasonOf(t, error) }))
    },
  }
}

/** The same array for as long as the same files are there. */
function useFiles(all: Attachment[]) {
  const kept = useRef<FileRecord[]>([])
  const files = all.flatMap((one) => one.file ?? [])
  if (files.length !== kept.current.length || files.some((file, at) => file !== kept.current[at])) kept.current = files
  return kept.current
}
