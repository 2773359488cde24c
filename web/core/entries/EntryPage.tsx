import { useParam } from '../../kernel/route.ts'
import { Page } from '../../kernel/ui/Page.tsx'
import { EntrySkeletons } from '../../kernel/ui/Skeletons.tsx'

export function EntryPage() {
  return <Page title={useParam('id')}><EntrySkeletons /></Page>
}
