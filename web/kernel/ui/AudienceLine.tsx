import { useState, type ComponentProps, type CSSProperties } from 'react'
import { useTranslation } from 'react-i18next'
import { AUDIENCE_COLOUR, audienceSentence, countOf, readersSentence } from './audience.ts'
import { AudienceIcon, type AudienceLabel } from './AudienceLabel.tsx'
import classes from './AudienceLabel.module.css'

type Props = Pick<ComponentProps<typeof AudienceLabel>, 'audience' | 'name'> & { says?: 'who' | 'readers' }

/** All that is to be said about it: "Team · 43 people can read this". */
export function useAudienceSentence({ audience, name, says = 'who' }: Props) {
  const { t } = useTranslation()
  const sentence = says === 'readers' ? readersSentence(t, audience) : audienceSentence(t, audience)
  return name ? `${name} · ${sentence}` : sentence
}

/** The sentence where there is room for it, else how many they are; one line in any width. */
export function AudienceInLine(props: Props) {
  const { t } = useTranslation()
  const { audience, name } = props
  const whole = useAudienceSentence(props)
  const count = name ? `${name} · ${countOf(t, audience)}` : countOf(t, audience)
  return (
    <span className={classes.inline} style={{ '--audience': AUDIENCE_COLOUR[audience.scope] } as CSSProperties}>
      <AudienceIcon scope={audience.scope} />
      <span className={classes.long}>{whole}</span>
      <span className={classes.short} data-words={count} />
    </span>
  )
}

/** Who can read something, below a text that one writes; pointing, tabbing or tapping shows the whole sentence. */
export function AudienceLine(props: Props) {
  const [isWhole, setIsWhole] = useState(false)
  const whole = useAudienceSentence(props)
  return (
    <button type="button" className={classes.line} data-words={whole} aria-label={whole} aria-expanded={isWhole} onClick={() => setIsWhole(!isWhole)} onBlur={() => setIsWhole(false)}>
      <AudienceInLine {...props} />
    </button>
  )
}
