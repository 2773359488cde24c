import './kernel/theme/styles.ts'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { startI18n } from './kernel/i18n.ts'
import { listenForKeys } from './kernel/shortcuts.ts'

await startI18n()
listenForKeys()
createRoot(document.getElementById('root')!).render(<App />)
