import { api } from '../../kernel/api.ts'
import { i18n } from '../../kernel/i18n.ts'
import { notifyFailure } from '../../kernel/notify.ts'
import { queryClient } from '../../kernel/query.ts'
import { PLAIN, RAIL, type Rail } from './rail.ts'

/** Arranges my rail: shown at once, taken back when the server refuses. */
export async function arrangeRail(change: Partial<Rail>) {
  const before = queryClient.getQueryData<Rail>(RAIL)
  queryClient.setQueryData<Rail>(RAIL, { ...(before ?? PLAIN), ...change })
  try {
    queryClient.setQueryData(RAIL, await api.patch<Rail>('/me/rail', change))
  } catch (error) {
    queryClient.setQueryData(RAIL, before)
    notifyFailure(i18n.t('rail:failed'), error)
  }
}

/** Makes a space a favourite, the last one, or takes it out. */
export function toggleFavourite(id: string) {
  const { favourites } = queryClient.getQueryData<Rail>(RAIL) ?? PLAIN
  return arrangeRail({ favourites: favourites.includes(id) ? favourites.filter((one) => one !== id) : [...favourites, id] })
}
