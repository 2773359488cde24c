import { EntrySkeletons } from '../../kernel/ui/Skeletons.tsx'

export function ThreadPanel({ id, close }: { id: string; close: () => void }) {
  return <div data-id={id} onDoubleClick={close}><EntrySkeletons /></div>
}
