import { useTranslation } from 'react-i18next'
import classes from './Search.module.css'

const OPERATORS = ['from:', 'with:', 'in:', 'on:', 'after:', 'before:', 'has:', 'is:', '""'] as const
const NAMES = { 'from:': 'from', 'with:': 'with', 'in:': 'in', 'on:': 'on', 'after:': 'after', 'before:': 'before', 'has:': 'has', 'is:': 'is', '""': 'phrase' } as const

/** What can be asked for; a press puts it into the box. */
export function SearchHelp({ add, isOpen }: { add: (operator: string) => void; isOpen: boolean }) {
  const { t } = useTranslation('search')
  return (
    <details className={classes.help} open={isOpen}>
      <summary>{t('help')}</summary>
      <dl>
        {OPERATORS.map((operator) => (
          <div key={operator}>
            <dt><button type="button" onClick={() => add(operator)}><code>{t(`operator.${NAMES[operator]}.example`)}</code></button></dt>
            <dd>{t(`operator.${NAMES[operator]}.meaning`)}</dd>
          </div>
        ))}
      </dl>
    </details>
  )
}
