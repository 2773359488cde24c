import { useTranslation } from 'react-i18next'
import classes from './Map.module.css'
import type { NetworkMap } from './queries.ts'

/** The network as a whole, in a few numbers that are about many people each. */
export function NetworkFigures({ map: { by, figures } }: { map: NetworkMap }) {
  const { t } = useTranslation('map')
  if (!figures) return null
  const { both_ways, core, share_of_eight, staying } = figures
  const here = staying[by]
  const lines = [
    here && { key: 'staying', value: t('percent', { value: here.share }), text: t('figure.staying', { value: here.by_chance }) },
    both_ways !== null && { key: 'both_ways', value: t('percent', { value: both_ways }), text: t('figure.both_ways') },
    core !== null && { key: 'core', value: t('people_plus', { people: core }), text: t('figure.core') },
    share_of_eight !== null && { key: 'eight', value: t('percent', { value: share_of_eight }), text: t('figure.share_of_eight') },
  ].filter((line) => !!line)
  if (!lines.length) return null
  return (
    <>
      <h3>{t('figures')}</h3>
      <dl className={classes.figures}>
        {lines.map(({ key, value, text }) => <div key={key}><dt>{value}</dt><dd>{text}</dd></div>)}
      </dl>
    </>
  )
}
