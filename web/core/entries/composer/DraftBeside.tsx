import { useTranslation } from 'react-i18next'
import { excerpt } from '../../../../server/kernel/text.ts'
import { notifyFailure } from '../../../kernel/notify.ts'
import { sync } from '../draft-keeping.ts'
import { besides, type Draft } from '../drafts.ts'
import classes from './Composer.module.css'

/** What another of one's devices had saved meanwhile: taken along, or forgotten. Nothing of it goes by itself. */
export function DraftBeside({ place, take }: { place: string; take: (others: Draft[]) => void }) {
  const { t } = useTranslation('entries')
  const others = besides.use()[place] ?? []
  if (others.length === 0) return null
  const done = () => {
    sync().then(({ forgetBeside }) => forgetBeside(place)).catch((error) => notifyFailure(t('draft_beside_failed'), error))
  }
  return (
    <div className={classes.beside} role="status">
      {t('draft_beside')}
      {others.map((one, at) => <q key={at} dir="auto">{inShort(one)}</q>)}
      <button type="button" className="text-button" onClick={() => { take(others); done() }}>{t('draft_take')}</button>
      <button type="button" className="text-button" onClick={done}>{t('draft_forget')}</button>
    </div>
  )
}

const inShort = ({ title, body, files }: Draft) => [title, excerpt(body, 200), ...files.map(({ name }) => name)].filter(Boolean).join(' · ')
