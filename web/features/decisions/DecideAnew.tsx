import { IconSwitchHorizontal } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { showDialog } from '../../kernel/show-dialog.ts'
import type { Entry } from '../../kernel/types.ts'
import classes from './Decisions.module.css'

/** Puts what was decided to decision again: the old one stays, and leads to the new one. */
export function DecideAnew({ entry }: { entry: Entry }) {
  const { t } = useTranslation('deciding')
  const ask = () => void showDialog(() => import('./AnewDialog.tsx').then((file) => file.AnewDialog), { entry })
  return <button type="button" className={`text-button ${classes.anew}`} onClick={ask}><IconSwitchHorizontal size={16} stroke={1.75} aria-hidden />{t('decide_anew')}</button>
}
