import type { TFunction } from 'i18next'
import type { Audience as Known, AudienceScope, Space } from '../types.ts'

/** Who can read something; `coming`: how many more will, who are invited. */
export type Audience = Known & { coming?: number }

/** Of a space that only its members read, with those who are still to come, as far as its hosts know. */
export const withInvited = ({ audience, visibility, my }: Pick<Space, 'audience' | 'visibility' | 'my'>): Audience =>
  (visibility !== 'open' && my.inviting ? { ...audience, coming: my.inviting } : audience)

/** The colour of an audience, the same everywhere. */
export const AUDIENCE_COLOUR: Record<AudienceScope, string> = {
  me: 'var(--aud-me)',
  few: 'var(--aud-me)',
  space: 'var(--aud-space)',
  organisation: 'var(--aud-org)',
  partners: 'var(--aud-partner)',
  public: 'var(--aud-public)',
}

function few(t: TFunction, { names, count }: Audience) {
  if (names.length === 0) return t('kernel:audience.people', { count })
  const shown = names.length > 3 ? [...names.slice(0, 2), t('kernel:audience.others', { count: names.length - 2 })] : names
  return new Intl.ListFormat(t('kernel:locale'), { type: 'conjunction' }).format([t('kernel:audience.you'), ...shown])
}

function who(t: TFunction, audience: Audience, plain: string) {
  if (audience.scope === 'me') return t(`kernel:audience.me_${plain}`)
  if (audience.scope === 'few') return t(`kernel:audience.few_${plain}`, { people: few(t, audience) })
  const said = t(`kernel:audience.${audience.scope}_${plain}`, { count: audience.count - audience.not_joined, network: audience.network })
  const joined = audience.not_joined ? t('kernel:audience.not_joined', { said, count: audience.not_joined }) : said
  return audience.coming ? t('kernel:audience.coming', { said: joined, count: audience.coming }) : joined
}

/** Who that is: "Everyone at Acme, 240 people", "8 members", "You and Bob". */
export function audienceSentence(t: TFunction, audience: Audience) {
  return who(t, audience, 'are')
}

/** What that means for what is written there: "43 people can read this". */
export function readersSentence(t: TFunction, audience: Audience) {
  return who(t, audience, 'read')
}

/** As short as it can be said: "43 people". */
export function countOf(t: TFunction, audience: Audience) {
  return ['me', 'few', 'public'].includes(audience.scope) ? audienceSentence(t, audience) : t('kernel:audience.people', { count: audience.count - audience.not_joined })
}

/** The name of a space as its people see it: a conversation has those of the others. */
export function spaceName(t: TFunction, space: Pick<Space, 'kind' | 'name' | 'audience'>) {
  if (space.kind !== 'direct') return space.name
  const { names } = space.audience
  if (names.length === 0) return t('kernel:audience.myself')
  return names.length === 1 ? names[0] : names.map((name) => name.split(' ')[0]).join(', ')
}
