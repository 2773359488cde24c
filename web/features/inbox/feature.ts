import { IconMessageReply } from '@tabler/icons-react'
import { defineReason, reasonTexts } from '../../core/entries/reasons.ts'
import { waitingTexts } from '../../core/waiting/waiting.ts'
import type { Feature } from '../../kernel/feature.ts'

defineReason('reply', { text: 'inbox:answers_you', Icon: IconMessageReply })

export const inbox: Feature = {
  name: 'inbox',
  pages: [{
    path: '/inbox',
    // Other features' reasons are declared by the time the page opens.
    get texts() { return [...reasonTexts(), ...waitingTexts(), 'waiting'] },
    load: () => import('./InboxPage.tsx').then((file) => file.InboxPage),
  }],
}
