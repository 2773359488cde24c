import { useTranslation } from 'react-i18next'
import type { PollFacts } from './queries.ts'
import classes from './Polls.module.css'

type Props = { facts: PollFacts; count: NonNullable<PollFacts['count']>; mine: string[] | null }

/** How many chose each option, and what follows from it. */
export function Results({ facts: { options, method, state }, count, mine }: Props) {
  const { t } = useTranslation('poll-cards')
  const textOf = new Map(options.map(({ id, text }) => [id, text]))
  const isRanked = method === 'ranked'
  return (
    <>
      <ul className={classes.tally}>
        {count.tally.map(({ option, votes }) => (
          <li key={option} data-first={count.winner === option || undefined}>
            <span className={classes.grow}><span dir="auto">{textOf.get(option)}</span>{mine?.includes(option) && <b className={classes.mine}>{isRanked ? t('your_place', { place: mine.indexOf(option) + 1 }) : t('yours')}</b>}</span>
            <span className={classes.number}>{t(isRanked ? 'first_for' : 'chosen_by', { count: votes, share: count.votes ? Math.round((100 * votes) / count.votes) : 0 })}</span>
            <meter className={classes.meter} min={0} max={Math.max(1, count.votes)} value={votes} aria-hidden />
          </li>
        ))}
      </ul>
      <p className={classes.note}>
        {count.winner ? t(state === 'open' ? 'ahead' : 'wins', { option: textOf.get(count.winner) })
          : count.tied.length > 1 ? t('tied', { options: count.tied.map((id) => t('quoted', { option: textOf.get(id) })).join(', ') }) : t('nobody_voted')}
        {isRanked && <> {t('schulze')}</>}
      </p>
      {count.pairs && count.votes > 0 && <Pairs options={options} pairs={count.pairs} paths={count.paths!} />}
    </>
  )
}

type PairsProps = { options: PollFacts['options']; pairs: number[][]; paths: number[][] }

/** Of each two options how many prefer the one to the other. */
function Pairs({ options, pairs, paths }: PairsProps) {
  const { t } = useTranslation('poll-cards')
  return (
    <details className={classes.pairs}>
      <summary>{t('pairs')}</summary>
      <div className={classes.wide} tabIndex={0} role="group" aria-label={t('pairs')}>
        <table>
          <thead><tr><td />{options.map(({ id }, at) => <th key={id} scope="col">{at + 1}</th>)}</tr></thead>
          <tbody>
            {options.map(({ id, text }, row) => (
              <tr key={id}>
                <th scope="row" dir="auto">{row + 1}. {text}</th>
                {options.map(({ id: other }, column) => <td key={other} data-better={paths[row][column] > paths[column][row] || undefined}>{row === column ? '·' : pairs[row][column]}</td>)}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  )
}
