import { api } from '../../kernel/api.ts'
import { i18n } from '../../kernel/i18n.ts'
import { notify, notifyFailure, notifyUndo } from '../../kernel/notify.ts'
import { paths } from '../../kernel/paths.ts'
import type { Entry, FileRecord } from '../../kernel/types.ts'
import { applyAnswer } from './cache.ts'

const t = (key: string) => i18n.t(`entries:${key}`)

type ReadMark = { space: string; root: string | null; read_to: string; unread: number; inbox: number }
const marked = (mark: ReadMark) => applyAnswer({ type: 'read.marked', space: null, data: mark })

/** Marks a thread read up to an entry. Silent: whoever reads must not be told that the reading could not be noted. */
export const markThreadRead = (root: string, to: string) =>
  api.post<ReadMark>(`/entries/${root}/read`, { to }).then(marked, () => {})

export const markSpaceRead = (space: string, to?: string) =>
  api.post<ReadMark>(`/spaces/${space}/read`, to ? { to } : {}).then(marked, (error) => notifyFailure(t('read_failed'), error))

/** Marks all of Home or of the inbox read, and offers to take exactly that back. */
export async function markAllRead(place: 'home' | 'inbox') {
  try {
    const { id } = await api.post<{ id: string }>('/read-all', { place })
    const undo = () => api.post(`/read-all/${id}/undo`).then(() => applyAnswer({ type: 'reads.restored', space: null }), (error) => notifyFailure(t('unread_failed'), error))
    notifyUndo(t(`all_read.${place}`), () => void undo())
  } catch (error) {
    notifyFailure(t('read_failed'), error)
  }
}

export async function markUnread(entry: Entry) {
  try {
    marked(await api.post<ReadMark>(`/entries/${entry.id}/unread`))
    notify(t('marked_unread'))
  } catch (error) {
    notifyFailure(t('unread_failed'), error)
  }
}

/** Removes at once, offers to take it back, and takes it back when the server refuses. */
export async function remove(entry: Entry) {
  const gone = { ...entry, state: 'removed', title: '', body: '', files: [], reactions: [] } as Entry
  applyAnswer({ type: 'entry.removed', space: entry.space, entry: gone })
  try {
    await api.delete(`/entries/${entry.id}`)
    notifyUndo(t('removed'), () => void restore(entry))
  } catch (error) {
    applyAnswer({ type: 'entry.restored', space: entry.space, entry })
    notifyFailure(t('remove_failed'), error)
  }
}

async function restore(entry: Entry) {
  try {
    const back = await api.post<Entry>(`/entries/${entry.id}/restore`)
    applyAnswer({ type: 'entry.restored', space: entry.space, entry: back })
  } catch (error) {
    notifyFailure(t('restore_failed'), error)
  }
}

/** Changes words and files at once; gives the old ones back when the server refuses. @throws ApiError */
export async function edit(entry: Entry, change: { title: string; body: string; files: FileRecord[] }) {
  applyAnswer({ type: 'entry.edited', space: entry.space, entry: { ...entry, ...change, edited_at: new Date().toISOString() } })
  try {
    const fresh = await api.patch<Entry>(`/entries/${entry.id}`, { ...change, files: change.files.map(({ id }) => id) })
    applyAnswer({ type: 'entry.edited', space: entry.space, entry: fresh })
  } catch (error) {
    applyAnswer({ type: 'entry.edited', space: entry.space, entry })
    throw error
  }
}

export async function copyLink(entry: Entry) {
  const url = new URL(paths.entry(entry.id), location.origin).href
  try {
    await navigator.clipboard.writeText(url)
    notify(t('link_copied'))
  } catch {
    notify(url)
  }
}
