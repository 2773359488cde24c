import { Suspense } from 'react'
import type { Space } from '../../kernel/types.ts'
import { spaceExtensions } from './extensions.ts'

/** What features put below the head of a space. */
export const SpaceHeads = ({ space }: { space: Space }) => <Suspense>{spaceExtensions.heads.map((Head, at) => <Head key={at} space={space} />)}</Suspense>
