import { Page } from '../../kernel/ui/Page.tsx'
import { EntrySkeletons } from '../../kernel/ui/Skeletons.tsx'

export function InboxPage() {
  return <Page title="Inbox"><EntrySkeletons /></Page>
}
