import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { IconBell } from '@tabler/icons-react'
import type { ComponentType, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useCommand } from '../../kernel/query.ts'
import { Avatar } from '../../kernel/ui/Avatar.tsx'
import { AudienceLabel } from '../../kernel/ui/AudienceLabel.tsx'
import { TimeAgo } from '../../kernel/ui/TimeAgo.tsx'
import { refetchWaiting, takeOff, type WaitingItem } from './waiting.ts'
import classes from './Waiting.module.css'

/** One thing to do with what waits; without `keeps` the line goes at once and comes back only when the server refuses. */
export type Answer = { label: string; name?: string; isMain?: boolean; run: () => Promise<unknown>; done?: () => void }
type Props = {
  item: WaitingItem
  Icon?: ComponentType<{ size?: number | string; stroke?: number }>
  /** what it is, in a sentence, and where that is read in full */
  title: ReactNode
  to?: string
  /** more of it: a purpose, a note */
  children?: ReactNode
  answers: Answer[]
  failed: string
}

/** Something that waits for me, with the buttons that answer it. */
export function WaitingLine({ item, Icon = IconBell, title, to, children, answers, failed }: Props) {
  const { t } = useTranslation('waiting')
  const answer = useCommand<Answer, unknown>({
    run: (one) => one.run(),
    apply: () => takeOff(item),
    done: (_, one) => {
      refetchWaiting()
      one.done?.()
    },
    failed,
  })
  const [person] = item.people
  return (
    <li className={classes.line} data-waiting={item.kind}>
      <span className={classes.face}>{person ? <Avatar person={person} size={36} /> : <Icon size={20} stroke={1.75} aria-hidden />}</span>
      <div className={classes.words}>
        <p className={classes.title} dir="auto">{to ? <Link to={to}>{title}</Link> : title}</p>
        {children}
        <p className={classes.facts}><TimeAgo at={item.at} />{item.space && <AudienceLabel audience={item.space.audience} name={item.space.name} says="name" />}</p>
      </div>
      <div className={classes.answers} role="group" aria-label={t('answer')}>
        {answers.map((one) => (
          <Button key={one.label} size="compact-md" variant={one.isMain ? 'filled' : 'default'} aria-label={one.name} onClick={() => answer.mutate(one)}>{one.label}</Button>
        ))}
      </div>
    </li>
  )
}
