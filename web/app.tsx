import { MantineProvider } from '@mantine/core'
import { IconBookmark, IconCheck, IconHome, IconInbox, IconLayoutGrid, IconMenu2, IconMessageCircle, IconUsers } from '@tabler/icons-react'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider, useLocation } from '@tanstack/react-router'
import { Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { entries } from './core/entries/feature.ts'
import { people } from './core/people/feature.ts'
import { PersonMenu } from './core/people/PersonMenu.tsx'
import { spaces } from './core/spaces/feature.ts'
import { waiting } from './core/waiting/feature.ts'
import { useWaiting } from './core/waiting/waiting.ts'
import { useDirectUnread } from './core/spaces/queries.ts'
import { admin } from './features/admin/feature.ts'
import { attributions } from './features/attributions/feature.ts'
import { communities } from './features/communities/feature.ts'
import { suggestions } from './features/suggestions/feature.ts'
import { corrections } from './features/corrections/feature.ts'
import { demo } from './features/demo/feature.ts'
import { emoji } from './features/emoji/feature.ts'
import { facts } from './features/facts/feature.ts'
import { home } from './features/home/feature.ts'
import { ideas } from './features/ideas/feature.ts'
import { imports } from './features/imports/feature.ts'
import { inbox } from './features/inbox/feature.ts'
import { invitations } from './features/invitations/feature.ts'
import { linkPreviews } from './features/link-previews/feature.ts'
import { mailbox } from './features/mailbox/feature.ts'
import { map } from './features/map/feature.ts'
import { mentions } from './features/mentions/feature.ts'
import { messages } from './features/messages/feature.ts'
import { notices } from './features/notices/feature.ts'
import { palette } from './features/palette/feature.ts'
import { pins } from './features/pins/feature.ts'
import { polls } from './features/polls/feature.ts'
import { questions } from './features/questions/feature.ts'
import { decisions } from './features/decisions/feature.ts'
import { reactions } from './features/reactions/feature.ts'
import { rooting } from './features/rooting/feature.ts'
import { saved } from './features/saved/feature.ts'
import { scheduled } from './features/scheduled/feature.ts'
import { search } from './features/search/feature.ts'
import { settings } from './features/settings/feature.ts'
import { setup } from './features/setup/feature.ts'
import { shortcuts } from './features/shortcuts/feature.ts'
import { signIn } from './features/sign-in/feature.ts'
import { spaceHealth } from './features/space-health/feature.ts'
import { tasks } from './features/tasks/feature.ts'
import { topics } from './features/topics/feature.ts'
import { threads } from './features/threads/feature.ts'
import type { Feature, NavItem } from './kernel/feature.ts'
import { ApiError } from './kernel/api.ts'
import { later } from './kernel/later.ts'
import { subscribe } from './kernel/live.ts'
import { paths } from './kernel/paths.ts'
import { queryClient } from './kernel/query.ts'
import { reasonOf } from './kernel/reason.ts'
import { buildRouter } from './kernel/router.tsx'
import { SessionProvider, useSession } from './kernel/session.tsx'
import { Shell } from './kernel/shell/Shell.tsx'
import { ShellSkeleton } from './kernel/shell/ShellSkeleton.tsx'
import { schemeManager } from './kernel/theme/scheme.ts'
import { theme } from './kernel/theme/theme.ts'
import { useWaitingInTitle } from './kernel/title.ts'
import { PlainButton } from './kernel/ui/PlainButton.tsx'
import { Redirect } from './kernel/ui/Redirect.tsx'
import { Toasts } from './kernel/ui/Toasts.tsx'
import { useUnread } from './kernel/unread.ts'

// Part of the first view: imported here as well, so that it comes along instead of after everything else.
import './features/home/HomePage.tsx'

/** Everything the web app consists of. Order matters only for the sections of the rail. */
const features: Feature[] = [
  people, spaces, entries, waiting, messages,
  home, inbox, saved, scheduled, search, reactions, linkPreviews, mentions, topics, notices, threads, pins, questions, facts, decisions, polls, ideas, tasks, corrections, spaceHealth, map, rooting,
  signIn, setup, invitations, settings, admin, emoji, mailbox, imports, attributions, communities, suggestions, demo, palette, shortcuts,
]

const Gate = later(() => import('./kernel/ui/Gate.tsx').then((file) => file.Gate))
const Looking = later(() => import('./core/people/Looking.tsx').then((file) => file.Looking), ['looking'])

const useInboxUnread = () => useUnread().inbox + (useWaiting().data?.count ?? 0)

const HOME: NavItem = { path: paths.home, label: 'kernel:nav.home', Icon: IconHome }
const INBOX: NavItem = { path: paths.inbox, label: 'kernel:nav.inbox', Icon: IconInbox, badge: useInboxUnread }
const MY_WORK: NavItem = { path: paths.myWork, label: 'kernel:nav.my_work', Icon: IconCheck }
const SAVED: NavItem = { path: paths.saved, label: 'kernel:nav.saved', Icon: IconBookmark }
const MESSAGES: NavItem = { path: paths.messages, label: 'kernel:nav.messages', Icon: IconMessageCircle, badge: useDirectUnread, parts: true }
const SPACES: NavItem = { path: paths.spaces, label: 'kernel:nav.spaces', Icon: IconLayoutGrid, parts: true }
const PEOPLE: NavItem = { path: paths.people, label: 'kernel:nav.people', Icon: IconUsers }
const MORE: NavItem = { path: paths.more, label: 'kernel:nav.more', Icon: IconMenu2 }

for (const { live } of features) if (live) subscribe(live)

const router = buildRouter(features.flatMap((feature) => feature.pages ?? []), Frame)

/** The frame of all pages that need somebody signed in. */
function Frame() {
  const { t } = useTranslation()
  const { data: me, error, refetch } = useSession()
  const { href } = useLocation()
  if (me)
    return (
      <SessionProvider me={me}>
        <Waiting />
        <Shell navigation={[HOME, INBOX, MY_WORK, SAVED, MESSAGES, SPACES, PEOPLE]} tabs={[HOME, INBOX, MESSAGES, SPACES, MORE]}
          features={features} person={PersonMenu} />
      </SessionProvider>
    )
  if (error instanceof ApiError && error.status === 401)
    return <Redirect to={paths.signIn} back={href === '/' ? undefined : href} />
  if (error)
    return (
      <Suspense>
        <Gate title={t('kernel:problem.title')} lead={reasonOf(t, error)}>
          <PlainButton onClick={() => void refetch()}>{t('kernel:retry')}</PlainButton>
        </Gate>
      </Suspense>
    )
  return <ShellSkeleton />
}

function Waiting() {
  useWaitingInTitle(useInboxUnread() + useDirectUnread())
  return null
}

export function App() {
  return (
    // Its variables are a stylesheet of ours (mantine-variables.plugin.ts), for the page's policy lets styles come in files alone.
    <MantineProvider theme={theme} withCssVariables={false} withGlobalClasses={false} colorSchemeManager={schemeManager} defaultColorScheme="auto">
      <QueryClientProvider client={queryClient}>
        {/* The page itself knows whether somebody may look as somebody else here: it is said on every page, signed in or not. */}
        {'looking' in document.documentElement.dataset && <Suspense><Looking /></Suspense>}
        <RouterProvider router={router} />
        <Toasts />
      </QueryClientProvider>
    </MantineProvider>
  )
}
