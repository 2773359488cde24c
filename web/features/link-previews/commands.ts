import { applyAnswer } from '../../core/entries/cache.ts'
import { api } from '../../kernel/api.ts'
import { i18n } from '../../kernel/i18n.ts'
import { notifyFailure, notifyUndo } from '../../kernel/notify.ts'
import type { Entry } from '../../kernel/types.ts'

type Preview = Entry['previews'][number]
const show = (entry: Entry) => applyAnswer({ type: 'links.previewed', space: entry.space, entry })

/** Takes the preview of a link away at once, and offers to bring it back. */
export async function hidePreview(entry: Entry, preview: Preview) {
  const path = `/entries/${entry.id}/previews/${preview.id}`
  show({ ...entry, previews: entry.previews.filter((one) => one !== preview) })
  try {
    show(await api.delete<Entry>(path))
    notifyUndo(i18n.t('link-previews:removed'), () => void api.put<Entry>(path).then(show, (error) => notifyFailure(i18n.t('link-previews:failed'), error)))
  } catch (error) {
    show(entry)
    notifyFailure(i18n.t('link-previews:failed'), error)
  }
}
