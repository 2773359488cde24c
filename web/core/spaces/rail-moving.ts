import { announce } from '../../kernel/announce.tsx'
import { i18n } from '../../kernel/i18n.ts'
import { arrangeRail } from './rail-commands.ts'

export type Movable = { list: 'favourites' | 'sequence'; ids: string[]; id: string; name: string }

/** Puts one of a list to where another is. */
export function moved(ids: string[], id: string, to: number): string[] {
  const others = ids.filter((one) => one !== id)
  return others.toSpliced(Math.max(0, Math.min(to, others.length)), 0, id)
}

/** Moves a line of the rail up or down, and says where it is then. */
export function moveBy({ list, ids, id, name }: Movable, by: number) {
  const at = ids.indexOf(id)
  const to = at + by
  if (to < 0 || to >= ids.length) return
  void arrangeRail({ [list]: moved(ids, id, to) })
  announce(i18n.t('rail:moved', { name, place: to + 1, count: ids.length }))
}

/** Puts a line that was dragged to where it was dropped. */
export function dropOn({ list, ids, id }: Movable, dragged: string) {
  if (dragged !== id && ids.includes(dragged)) void arrangeRail({ [list]: moved(ids, dragged, ids.indexOf(id)) })
}
