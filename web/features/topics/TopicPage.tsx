import { Page } from '../../kernel/ui/Page.tsx'
import { EntrySkeletons } from '../../kernel/ui/Skeletons.tsx'

export function TopicPage() {
  return <Page title="Topic"><EntrySkeletons /></Page>
}
