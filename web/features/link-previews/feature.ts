import { entryExtensions } from '../../core/entries/extensions.ts'
import { spaceExtensions } from '../../core/spaces/extensions.ts'
import type { Feature } from '../../kernel/feature.ts'
import { later } from '../../kernel/later.ts'
import { LinkCards, WritingCards } from './LinkCards.tsx'
import { sharingLines } from './menu.ts'
import { ShareDoor } from './ShareDoor.tsx'

entryExtensions.below.push(LinkCards)
entryExtensions.writing.push(WritingCards)
entryExtensions.menu.push(sharingLines)
spaceExtensions.settings.push(later(() => import('./SpacePreviewsField.tsx').then((file) => file.SpacePreviewsField), ['link-previews']))

export const linkPreviews: Feature = { name: 'link-previews', slots: { overlay: ShareDoor } }
