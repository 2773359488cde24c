import { createRootRoute, createRoute, createRouter, lazyRouteComponent, Outlet, type RouteComponent } from '@tanstack/react-router'
import { ApiError } from './api.ts'
import type { PageSpec } from './feature.ts'
import { headingIsDue } from './focus.ts'
import { loadTexts } from './i18n.ts'
import { Crash } from './ui/Crash.tsx'
import { NotFound } from './ui/NotFound.tsx'

const parseSearch = (text: string) => Object.fromEntries(new URLSearchParams(text))

/** Plain strings in the address: the router's own way writes numbers and quotes as JSON. */
function stringifySearch(search: Record<string, unknown>) {
  const known = Object.entries(search).filter(([, value]) => value !== undefined && value !== null && value !== '')
  const text = new URLSearchParams(known.map(([name, value]) => [name, String(value)])).toString()
  return text && `?${text}`
}

// An error of our own: at those of the browser the router loads everything again, which without a network leaves nothing.
const lazily = ({ load, texts = [] }: PageSpec) => lazyRouteComponent(async () => {
  try {
    const [component] = await Promise.all([load(), loadTexts(texts)])
    return { default: component }
  } catch (cause) {
    throw Object.assign(new ApiError(0, {}), { cause })
  }
})

/** All pages of all features: bare ones as they are, the others inside the frame (rail, content, thread). */
export function buildRouter(pages: PageSpec[], Frame: RouteComponent) {
  const root = createRootRoute({ component: Outlet, notFoundComponent: NotFound })
  const frame = createRoute({ getParentRoute: () => root, id: 'frame', component: Frame })
  const bare = pages.filter((page) => page.bare)
    .map((page) => createRoute({ getParentRoute: () => root, path: page.path, component: lazily(page) }))
  const framed = pages.filter((page) => !page.bare)
    .map((page) => createRoute({ getParentRoute: () => frame, path: page.path, component: lazily(page) }))
  const lost = createRoute({ getParentRoute: () => frame, path: '$', component: NotFound })
  const router = createRouter({
    routeTree: root.addChildren([...bare, frame.addChildren([...framed, lost])]),
    parseSearch,
    stringifySearch,
    defaultPreload: 'intent',
    defaultErrorComponent: Crash,
    scrollRestoration: true,
    scrollToTopSelectors: ['#scroll'],
  })
  router.subscribe('onBeforeNavigate', ({ pathChanged, fromLocation }) => {
    if (pathChanged && fromLocation) headingIsDue()
  })
  return router
}
