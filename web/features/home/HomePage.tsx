import { Page } from '../../kernel/ui/Page.tsx'
import { EntrySkeletons } from '../../kernel/ui/Skeletons.tsx'

export function HomePage() {
  return <Page title="Home"><EntrySkeletons /></Page>
}
