import { IconArrowDown, IconArrowUp, IconPlus, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../../../kernel/ui/IconButton.tsx'
import classes from './Options.module.css'

type Option = { id: string; text: string }
type Props = { options: Option[]; ranking: string[]; onChange: (ranking: string[]) => void }

/** An order made by choosing one after the other, which can be moved; what is left out comes below all that is in it. */
export function Ranking({ options, ranking, onChange }: Props) {
  const { t } = useTranslation('options')
  const textOf = new Map(options.map(({ id, text }) => [id, text]))
  const ranked = ranking.filter((id) => textOf.has(id))
  const rest = options.filter(({ id }) => !ranked.includes(id))
  const move = (at: number, by: number) => onChange(ranked.with(at, ranked[at + by]).with(at + by, ranked[at]))
  return (
    <div className={classes.ranking}>
      <p className="quiet">{t('rank_hint')}</p>
      <ol>
        {ranked.map((id, at) => (
          <li key={id}>
            <span className={classes.place}>{at + 1}</span><span className={classes.grow} dir="auto">{textOf.get(id)}</span>
            <IconButton size={32} label={t('rank_up', { option: textOf.get(id) })} disabled={at === 0} onClick={() => move(at, -1)}><IconArrowUp size={16} stroke={1.75} /></IconButton>
            <IconButton size={32} label={t('rank_down', { option: textOf.get(id) })} disabled={at === ranked.length - 1} onClick={() => move(at, 1)}><IconArrowDown size={16} stroke={1.75} /></IconButton>
            <IconButton size={32} label={t('rank_out', { option: textOf.get(id) })} onClick={() => onChange(ranked.filter((one) => one !== id))}><IconX size={16} stroke={1.75} /></IconButton>
          </li>
        ))}
      </ol>
      {rest.length > 0 && (
        <ul>
          {rest.map(({ id, text }) => (
            <li key={id}><button type="button" className={classes.add} onClick={() => onChange([...ranked, id])}><IconPlus size={16} stroke={1.75} aria-hidden /><span dir="auto">{text}</span></button></li>
          ))}
        </ul>
      )}
    </div>
  )
}
