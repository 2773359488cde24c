import { Page } from '../../kernel/ui/Page.tsx'
import { EntrySkeletons } from '../../kernel/ui/Skeletons.tsx'

export function MessagesPage() {
  return <Page title="Messages"><EntrySkeletons /></Page>
}
