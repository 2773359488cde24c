import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Announcer } from '../announce.tsx'
import { useHeadingFocus } from '../focus.ts'
import { chooseLanguage, LANGUAGES, type Language } from '../i18n.ts'
import { useNetwork } from '../network.ts'
import { useTitle } from '../title.ts'
import classes from './Gate.module.css'
import { NetworkMark } from './NetworkMark.tsx'

type Props = { title: string; lead?: ReactNode; children: ReactNode; wide?: boolean }

/** A page before one is inside: sign-in, invitation, first run. */
export function Gate({ title, lead, children, wide }: Props) {
  const heading = useHeadingFocus(title)
  useTitle(title)
  return (
    <div className={classes.gate}>
      <main className={classes.card} data-wide={wide || undefined}>
        <Mark />
        <h1 ref={heading} tabIndex={-1}>{title}</h1>
        {lead && <p className={classes.lead}>{lead}</p>}
        {children}
      </main>
      <Languages />
      <Announcer />
    </div>
  )
}

// Nothing stands there until it is known what: the ring is no sign of a network that has a logo.
function Mark() {
  const { data, isPending } = useNetwork()
  return <div className={classes.mark}>{!isPending && <NetworkMark logo={data?.logo} name={data?.name ?? ''} size={44} />}</div>
}

function Languages() {
  const { t, i18n } = useTranslation('kernel')
  return (
    <footer className={classes.languages} aria-label={t('language')}>
      {Object.entries(LANGUAGES).map(([language, name]) => (
        <button key={language} type="button" lang={language} aria-pressed={i18n.language === language} onClick={() => chooseLanguage(language as Language)}>
          {name}
        </button>
      ))}
    </footer>
  )
}
