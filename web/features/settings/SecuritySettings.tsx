import { EndEverything } from './EndEverything.tsx'
import { PasskeysSection } from './PasskeysSection.tsx'
import { PasswordSection } from './PasswordSection.tsx'
import { SessionsSection } from './SessionsSection.tsx'
import { SettingsPage } from './SettingsPage.tsx'

/** The ways in: password, passkeys, and where one is signed in. */
export function SecuritySettings() {
  return (
    <SettingsPage>
      <PasskeysSection />
      <PasswordSection />
      <SessionsSection />
      <EndEverything />
    </SettingsPage>
  )
}
