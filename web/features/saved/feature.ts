import { entryExtensions } from '../../core/entries/extensions.ts'
import { defineWaiting } from '../../core/waiting/waiting.ts'
import type { Feature } from '../../kernel/feature.ts'
import { later } from '../../kernel/later.ts'
import { DialogDoor } from '../../kernel/ui/DialogDoor.tsx'
import { withTexts } from '../../kernel/with-texts.ts'
import './apply.ts'

const comes = () => withTexts('saved', () => import('./menu.ts'))

entryExtensions.menu.push((at) => comes().then(({ savingLines }) => savingLines(at)))
entryExtensions.keys.push({ keys: 's', label: 'entries:keys.save', run: (entry) => void comes().then(({ turn }) => turn(entry)) })
defineWaiting('reminder', { texts: 'saved', Line: later(() => import('./ReminderWaiting.tsx').then((file) => file.ReminderWaiting)) })

export const saved: Feature = {
  name: 'saved',
  pages: [{ path: '/saved', texts: ['saved'], load: () => import('./SavedPage.tsx').then((file) => file.SavedPage) }],
  slots: { overlay: DialogDoor },
}
