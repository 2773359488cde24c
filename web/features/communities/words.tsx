import type { TFunction } from 'i18next'
import { Fragment } from 'react'
import { useTranslation } from 'react-i18next'
import type { Community } from './queries.ts'
import classes from './Communities.module.css'

const PLACE = '\u0000'

const listIn = (t: TFunction) => new Intl.ListFormat(t('kernel:locale'), { type: 'conjunction' })

/** "You 14 often talk about glazing, kilns and clay". */
export function WhatAbout({ community: { size, words, takes_part, spaces } }: { community: Community }) {
  const { t } = useTranslation('communities')
  const who = takes_part ? '' : 'they_'
  if (words.length === 0) return spaces[0] ? t(`${who}talk_in`, { size, space: spaces[0].name }) : t(`${who}talk`, { size })
  const [before, after] = t(`${who}talk_about`, { size, words: PLACE }).split(PLACE)
  return (
    <>
      {before}
      {listIn(t).formatToParts(words).map(({ type, value }) => (type === 'element' ? <em key={value} className={classes.word}>{value}</em> : <Fragment key={value}>{value}</Fragment>))}
      {after}
    </>
  )
}

/** What a home might be called: "Glazing and kilns". */
export function nameFrom(t: TFunction, words: string[]) {
  const name = listIn(t).format(words.slice(0, 2))
  return name.charAt(0).toLocaleUpperCase(t('kernel:locale')) + name.slice(1)
}
