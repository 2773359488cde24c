import type { ReactNode } from 'react'
import { loadTexts } from '../../kernel/i18n.ts'
import type { Movable } from './rail-moving.ts'

const KIND = 'application/x-folkmoot-rail'
const moving = () => Promise.all([import('./rail-moving.ts'), loadTexts(['rail'])]).then(([file]) => file)

/** A line of the rail that is dragged to its place, or moved with Alt and the arrows. What that needs comes when it is done. */
export function MovableLine({ children, ...line }: Movable & { children: ReactNode }) {
  return (
    <div draggable aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown" data-line={line.id}
      onDragStart={({ dataTransfer }) => { dataTransfer.setData(KIND, line.id); dataTransfer.effectAllowed = 'move' }}
      onDragOver={(event) => event.dataTransfer.types.includes(KIND) && event.preventDefault()}
      onDrop={(event) => {
        const dragged = event.dataTransfer.getData(KIND)
        if (!dragged) return
        event.preventDefault()
        void moving().then(({ dropOn }) => dropOn(line, dragged))
      }}
      onKeyDown={(event) => {
        if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return
        event.preventDefault()
        void moving().then(({ moveBy }) => moveBy(line, event.key === 'ArrowUp' ? -1 : 1))
      }}>
      {children}
    </div>
  )
}
