import { Page } from '../../kernel/ui/Page.tsx'
import { EntrySkeletons } from '../../kernel/ui/Skeletons.tsx'

export function SearchPage() {
  return <Page title="Search"><EntrySkeletons /></Page>
}
