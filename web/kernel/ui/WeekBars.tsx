import { useTranslation } from 'react-i18next'
import classes from './WeekBars.module.css'

/** A bar: how many weeks it stands for, how much there was, how much of that is the dark part; `level` where that does not add up over weeks. */
export type Bar = { from: string; to: string; weeks: number; whole: number; part?: number; level?: number }
type Props = { label: string; bars: Bar[]; words: { whole: string; part?: string; table: string; weeks: string } }

/** Weeks beside each other as bars, each as high as a week of it has on average; the same as a table to read. */
export function WeekBars({ label, bars, words }: Props) {
  const { t, i18n } = useTranslation()
  const day = (date: string) => new Date(date).toLocaleDateString(t('kernel:locale'), { day: 'numeric', month: 'short', timeZone: 'UTC' })
  const number = (n: number) => n.toLocaleString(i18n.language)
  const perWeek = (bar: Bar) => bar.level ?? bar.whole / bar.weeks
  const highest = Math.max(1, ...bars.map(perWeek))
  const peak = bars.findIndex((bar) => perWeek(bar) === highest)
  return (
    <figure className={classes.figure}>
      <figcaption className={classes.legend}>
        {words.part && <span><i className={classes.dark} />{words.part}</span>}
        <span><i className={words.part ? classes.light : classes.dark} />{words.whole}</span>
      </figcaption>
      <div className={classes.bars} role="img" aria-label={label}>
        {bars.map((bar, at) => (
          <div key={bar.from} className={classes.bar} data-value={number(Math.round(perWeek(bar) * 10) / 10)} data-peak={at === peak || undefined} data-late={at > bars.length / 2 || undefined} style={{ flexGrow: bar.weeks }}
            title={`${day(bar.from)} – ${day(bar.to)}: ${number(bar.whole)} ${words.whole}${words.part ? `, ${number(bar.part ?? 0)} ${words.part}` : ''}`}>
            <div className={classes.whole} style={{ height: `${(100 * perWeek(bar)) / highest}%` }}>
              <div className={classes.part} style={{ height: `${words.part ? (100 * (bar.part ?? 0)) / (bar.whole || 1) : 100}%` }} />
            </div>
          </div>
        ))}
      </div>
      <div className={classes.ends} aria-hidden><span>{bars[0] && day(bars[0].from)}</span><span>{bars.length > 0 && day(bars.at(-1)!.to)}</span></div>
      <details className={classes.table}>
        <summary>{words.table}</summary>
        <table>
          <thead><tr><th scope="col">{words.weeks}</th><th scope="col">{words.whole}</th>{words.part && <th scope="col">{words.part}</th>}</tr></thead>
          <tbody>
            {bars.toReversed().map((bar) => (
              <tr key={bar.from}><th scope="row">{day(bar.from)} – {day(bar.to)}</th><td>{number(bar.whole)}</td>{words.part && <td>{number(bar.part ?? 0)}</td>}</tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  )
}
