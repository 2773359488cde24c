import './kernel/theme/styles.ts'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { followBuilds } from './kernel/builds.ts'
import { leaveKeysToComposition } from './kernel/composition.ts'
import { startI18n } from './kernel/i18n.ts'
import { listenForKeys } from './kernel/shortcuts.ts'

// Not a top-level await: what is fetched here may itself import from this file's chunk and would wait for it for ever.
async function start() {
  followBuilds()
  await startI18n()
  leaveKeysToComposition()
  listenForKeys()
  createRoot(document.getElementById('root')!).render(<App />)
}

void start()
