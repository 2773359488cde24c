import { useTranslation } from 'react-i18next'
import classes from './Search.module.css'

const OPERATORS = ['from:', 'in:', 'after:', 'before:', '""'] as const
const NAMES = { 'from:': 'from', 'in:': 'in', 'after:': 'after', 'before:': 'before', '""': 'phrase' } as const

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
