import { Button, Textarea } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Markdown } from '../../core/entries/Markdown.tsx'
import type { Entry } from '../../kernel/types.ts'
import { Part, useAct } from './Act.tsx'
import { argue } from './commands.ts'
import { type DecisionFacts, useArguments } from './queries.ts'
import { Weight } from './Weight.tsx'
import classes from './Decisions.module.css'

const SIDES = ['for', 'against'] as const
type Side = (typeof SIDES)[number]

/** What speaks for each option and against it, the weightiest first. */
export function Debate({ entry, facts, weighed }: { entry: Entry; facts: DecisionFacts; weighed: string[] }) {
  const { t } = useTranslation('deciding')
  const { items, hasNextPage, fetchNextPage } = useArguments(entry.id)
  const [speaking, setSpeaking] = useState<{ option: string; side: Side } | null>(null)
  const isOpen = facts.state === 'open'
  if (!isOpen && !items.length) return null
  return (
    <Part title={t('arguments')}>
      {facts.options.map(({ id, text }) => {
        const here = items.filter(({ argument }) => argument?.option === id)
        if (!isOpen && !here.length) return null
        return (
          <div key={id} className={classes.debate}>
            <h5 dir="auto">{text}</h5>
            <div className={classes.sides} data-empty={(!here.length && speaking?.option !== id) || undefined}>
              {SIDES.map((side) => (
                <section key={side} data-side={side} aria-label={t(`side_of.${side}`, { option: text })}>
                  <h6>{t(`side.${side}`)}</h6>
                  <ul>{here.filter(({ argument }) => argument!.side === side).map((one) => <Line key={one.id} argument={one} isWeighed={weighed.includes(one.id)} isOpen={isOpen} />)}</ul>
                  {isOpen && (speaking?.option === id && speaking.side === side
                    ? <Speak id={entry.id} option={id} side={side} close={() => setSpeaking(null)} />
                    : <button type="button" className={classes.add} aria-label={t(`add_of.${side}`, { option: text })} onClick={() => setSpeaking({ option: id, side })}><IconPlus size={15} stroke={1.75} aria-hidden />{t('add_argument')}</button>)}
                </section>
              ))}
            </div>
          </div>
        )
      })}
      {hasNextPage && <button type="button" className="text-button" onClick={() => void fetchNextPage()}>{t('more')}</button>}
    </Part>
  )
}

function Line({ argument, isWeighed, isOpen }: { argument: Entry; isWeighed: boolean; isOpen: boolean }) {
  return (
    <li>
      <Markdown body={argument.body} mentions={argument.mentions} />
      <p className={classes.by}><span dir="auto">{argument.by.name}</span><Weight argument={argument} isWeighed={isWeighed} isOpen={isOpen} /></p>
    </li>
  )
}

function Speak({ id, option, side, close }: { id: string; option: string; side: Side; close: () => void }) {
  const { t } = useTranslation(['deciding', 'kernel'])
  const [body, setBody] = useState('')
  const { act, isBusy, problem } = useAct()
  return (
    <form onSubmit={(event) => { event.preventDefault(); void act(() => argue(id, { option, side, body: body.trim() }), close) }}>
      <Textarea autosize minRows={2} maxRows={10} maxLength={40_000} data-autofocus autoFocus aria-label={t(`your_argument.${side}`)} placeholder={t(`your_argument.${side}`)} value={body} onChange={(event) => setBody(event.currentTarget.value)} />
      {problem}
      <div className={classes.row}><Button type="submit" size="compact-md" loading={isBusy} disabled={!body.trim()}>{t('say_it')}</Button><button type="button" className="text-button" onClick={close}>{t('kernel:cancel')}</button></div>
    </form>
  )
}
