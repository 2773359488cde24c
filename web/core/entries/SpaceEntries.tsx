import type { Space } from '../../kernel/types.ts'
import { EntrySkeletons } from '../../kernel/ui/Skeletons.tsx'

/** What is written in a space, with its composer: the body of a space's page and of a profile. */
export function SpaceEntries({ space }: { space: Space }) {
  return <div data-id={space.id}><EntrySkeletons /></div>
}
