import type { Choice } from './choices.ts'
import classes from './Palette.module.css'

type Props = { id: string; choice: Choice; isActive: boolean; choose: () => void; hover: () => void }

export function Option({ id, choice, isActive, choose, hover }: Props) {
  return (
    <div id={id} role="option" aria-selected={isActive} className={classes.option} onClick={choose} onMouseMove={isActive ? undefined : hover}>
      <span className={classes.lead} aria-hidden>{choice.lead}</span>
      <span className={classes.name}>{choice.name}</span>
      {choice.note && <span className={classes.note}>{choice.note}</span>}
    </div>
  )
}
