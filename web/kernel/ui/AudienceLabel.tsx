import { IconBuilding, IconLock, IconUser, IconUsersGroup, IconWorld, IconBuildingBridge2 } from '@tabler/icons-react'
import type { CSSProperties } from 'react'
import { useTranslation } from 'react-i18next'
import type { AudienceScope, SpaceCard } from '../types.ts'
import { AUDIENCE_COLOUR, type Audience, audienceSentence, readersSentence } from './audience.ts'
import classes from './AudienceLabel.module.css'

const ICONS: Record<AudienceScope, typeof IconLock> = {
  me: IconUser,
  few: IconLock,
  space: IconUsersGroup,
  organisation: IconBuilding,
  partners: IconBuildingBridge2,
  public: IconWorld,
}

type Props = {
  audience: Audience
  /** Stands before the sentence, or alone when `says` is 'name'. */
  name?: string
  /** 'who' "8 members" · 'readers' "8 people can read this" · 'name' the name alone, the sentence on hover and for screen readers. */
  says?: 'who' | 'readers' | 'name'
}

/** Icon, colour and words for who can read something. Never the colour alone. */
export function AudienceLabel({ audience, name, says = 'who' }: Props) {
  const { t } = useTranslation()
  const sentence = says === 'readers' ? readersSentence(t, audience) : audienceSentence(t, audience)
  const colour = { '--audience': AUDIENCE_COLOUR[audience.scope] } as CSSProperties
  return (
    <span className={classes.label} style={colour} title={says === 'name' ? sentence : undefined}>
      <AudienceIcon scope={audience.scope} />
      {says === 'name'
        ? <span>{name}<span className="visually-hidden">, {sentence}</span></span>
        : <span><Sentence words={name ? `${name} · ${sentence}` : sentence} /></span>}
    </span>
  )
}

/** A sentence in which a number at the end stays in one line with what it counts. */
function Sentence({ words }: { words: string }) {
  const at = words.search(/\d[\d.,]* \p{L}+$/u)
  return at < 0 ? words : <>{words.slice(0, at)}<span className={classes.count}>{words.slice(at)}</span></>
}

/** The sign of an audience by itself. */
export function AudienceIcon({ scope }: { scope: AudienceScope }) {
  const Icon = ICONS[scope]
  return <Icon size={15} stroke={1.75} aria-hidden />
}

/** The sign before the name of a space: coloured where not everybody reads it, or others do too; a lock where nobody else finds it. */
export function SpaceSign({ space: { visibility, audience } }: { space: Pick<SpaceCard, 'visibility' | 'audience'> }) {
  const colour = audience.scope === 'organisation' ? undefined : AUDIENCE_COLOUR[audience.scope]
  if (visibility === 'secret') return <IconLock className={classes.lock} style={{ color: colour }} size={15} stroke={2} aria-hidden />
  return <span className={classes.dot} style={{ background: colour }} aria-hidden />
}
