import { useTranslation } from 'react-i18next'
import type { DecisionFacts, DecisionView } from './queries.ts'
import classes from './Decisions.module.css'

type Props = { facts: DecisionFacts; count: DecisionView['count'] }

/** How the voices stand, and how they were counted. */
export function Counted({ facts: { options, method, state }, count }: Props) {
  const { t } = useTranslation('deciding')
  const most = Math.max(1, ...count.tally.map(({ prefer, object }) => Math.max(prefer, object)))
  const textOf = new Map(options.map(({ id, text }) => [id, text]))
  const isFirst = (id: string) => count.winner === id
  return (
    <>
      <ul className={classes.tally}>
        {count.tally.map(({ option, prefer, object }) => (
          <li key={option} data-first={(isFirst(option) && state !== 'open') || undefined}>
            <span className={classes.grow} dir="auto">{textOf.get(option)}</span>
            <span className={classes.number}>{t(method === 'ranked' ? 'first_for' : 'prefer', { count: prefer })}{method === 'consent' && object > 0 && <b className={classes.objections}> · {t('objections', { count: object })}</b>}</span>
            <meter className={classes.meter} min={0} max={most} value={prefer} aria-hidden />
          </li>
        ))}
      </ul>
      <p className={classes.result}>
        {count.voices === 0 ? t('nobody_spoke') : count.winner ? t(state === 'open' ? 'ahead' : 'wins', { option: textOf.get(count.winner) })
          : count.tied.length > 1 ? t('tied', { options: count.tied.map((id) => t('quoted', { option: textOf.get(id) })).join(', ') }) : method === 'decider' ? t('is_advice') : t(`no_winner.${method}`)}
        {count.abstained > 0 && <> {t('abstained', { count: count.abstained })}</>}
      </p>
      {count.pairs && count.voices > 0 && <Pairs options={options} pairs={count.pairs} paths={count.paths!} />}
    </>
  )
}

type PairsProps = { options: { id: string; text: string }[]; pairs: number[][]; paths: number[][] }

/** For each two options how many prefer the one to the other, and how strong the way there is. */
function Pairs({ options, pairs, paths }: PairsProps) {
  const { t } = useTranslation('deciding')
  return (
    <details className={classes.pairs}>
      <summary>{t('pairs')}</summary>
      <p className="quiet">{t('pairs_hint')}</p>
      <div className={classes.wide} tabIndex={0} role="group" aria-label={t('pairs')}>
        <table>
          <thead><tr><td />{options.map(({ id }, at) => <th key={id} scope="col">{at + 1}</th>)}</tr></thead>
          <tbody>
            {options.map(({ id, text }, row) => (
              <tr key={id}>
                <th scope="row" dir="auto">{row + 1}. {text}</th>
                {options.map(({ id: other }, column) => <td key={other} data-better={paths[row][column] > paths[column][row] || undefined}>{row === column ? '·' : <>{pairs[row][column]}<small> ({paths[row][column]})</small></>}</td>)}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  )
}
