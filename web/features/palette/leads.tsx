import {
  IconBookmark, IconChecks, IconCircles, IconClock, IconDeviceLaptop, IconHome, IconInbox, IconKeyboard, IconLayoutGrid, IconLogout, IconMessageCircle, IconMessagePlus, IconMoon, IconPlus, IconScale, IconSearch, IconSettings,
  IconShieldCog, IconCheck, IconSun, IconUser, IconUserHeart, IconUserPlus, IconUsers,
} from '@tabler/icons-react'
import type { PersonCard, SpaceCard } from '../../kernel/types.ts'
import { SpaceSign } from '../../kernel/ui/AudienceLabel.tsx'
import { Avatar } from '../../kernel/ui/Avatar.tsx'

const ICONS: Record<string, typeof IconHome> = {
  home: IconHome, inbox: IconInbox, messages: IconMessageCircle, saved: IconBookmark, 'my-work': IconCheck, scheduled: IconClock, decisions: IconScale, 'mark-all': IconChecks, spaces: IconLayoutGrid, people: IconUsers, communities: IconCircles, meet: IconUserHeart, profile: IconUser, settings: IconSettings,
  admin: IconShieldCog, 'new-space': IconPlus, 'new-message': IconMessagePlus, invite: IconUserPlus, shortcuts: IconKeyboard, light: IconSun, dark: IconMoon, auto: IconDeviceLaptop, 'sign-out': IconLogout,
  search: IconSearch,
}

function icon(name: string) {
  const Icon = ICONS[name]
  return <Icon size={18} stroke={1.75} />
}

/** What stands before a line of the palette. */
export const leadOf = {
  space: (space: SpaceCard) => <SpaceSign space={space} />,
  person: (person: PersonCard) => <Avatar person={person} size={24} />,
  place: icon,
  deed: icon,
}
