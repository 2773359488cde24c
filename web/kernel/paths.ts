/** The addresses of the pages, in one place; links are `<Link to={paths.space(id)}>`. */
export const paths = {
  home: '/',
  inbox: '/inbox',
  saved: '/saved',
  scheduled: '/scheduled',
  decisions: '/decisions',
  myWork: '/my-work',
  messages: '/messages',
  conversation: (space: string) => `/messages/${space}`,
  spaces: '/spaces',
  space: (id: string) => `/spaces/${id}`,
  members: (id: string) => `/spaces/${id}/members`,
  health: (id: string) => `/spaces/${id}/health`,
  people: '/people',
  map: '/map',
  rooting: '/rooting',
  person: (id: string) => `/people/${id}`,
  communities: '/communities',
  meet: '/meet',
  search: '/search',
  topic: (name: string) => `/topics/${encodeURIComponent(name)}`,
  entry: (id: string) => `/e/${id}`,
  settings: (part = 'profile') => `/settings/${part}`,
  imported: '/imported',
  admin: (part = 'people') => `/admin/${part}`,
  invitation: (token: string) => `/invite/${token}`,
  more: '/more',
  invitePeople: '/invite-people',
  signIn: '/sign-in',
  forgotten: '/forgotten-password',
  setup: '/setup',
  start: '/start',
}

/** The page of a space: conversations and profiles have their own. */
export function pathOfSpace(space: { id: string; kind: string }, profileOf?: string) {
  if (space.kind === 'direct') return paths.conversation(space.id)
  if (space.kind === 'profile' && profileOf) return paths.person(profileOf)
  return paths.space(space.id)
}
