import { Button, Textarea } from '@mantine/core'
import { IconCircleCheck } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Chip } from '../../kernel/ui/Chip.tsx'
import { Part, useAct } from './Act.tsx'
import { acceptSummary, proposeSummary } from './commands.ts'
import type { DecisionFacts, DecisionView } from './queries.ts'
import classes from './Decisions.module.css'

type Props = { id: string; facts: DecisionFacts; data: DecisionView }

/** What all sides can say of the debate: proposed by one, accepted once somebody of each side says that it is fair. */
export function Shared({ id, facts, data }: Props) {
  const { t } = useTranslation('deciding')
  const [isWriting, setIsWriting] = useState(false)
  const { act, isBusy, problem } = useAct()
  const { summary } = facts
  const isOpen = facts.state === 'open'
  if (!summary && !isOpen) return null
  return (
    <Part title={t('summary')} side={summary && <Chip tone={summary.accepted ? 'moss' : 'plain'} Icon={summary.accepted ? IconCircleCheck : undefined}>{t(summary.accepted ? 'summary_accepted' : 'summary_proposed')}</Chip>}>
      {summary && !isWriting && (
        <>
          <p className={classes.summary} dir="auto">{summary.text}</p>
          <p className="quiet">{data.summary?.by && <>{t('summary_by', { name: data.summary.by.name })} · </>}{t('accepted_by', { count: data.summary?.accepted_by ?? 0 })}</p>
        </>
      )}
      {!summary && !isWriting && <p className="quiet">{t('summary_hint')}</p>}
      {problem}
      {isWriting ? <Write id={id} text={summary?.text ?? ''} close={() => setIsWriting(false)} /> : isOpen && (
        <div className={classes.row}>
          {summary && data.summary && data.may.accept && (
            <Button variant="default" size="compact-md" loading={isBusy} aria-pressed={data.summary.accepts} onClick={() => void act(() => acceptSummary(id, data.summary!.accepts ? null : data.summary!.at))}>{t(data.summary.accepts ? 'unaccept' : 'accept')}</Button>
          )}
          <button type="button" className="text-button" onClick={() => setIsWriting(true)}>{t(summary ? 'summary_other' : 'summary_propose')}</button>
        </div>
      )}
    </Part>
  )
}

function Write({ id, text, close }: { id: string; text: string; close: () => void }) {
  const { t } = useTranslation(['deciding', 'kernel'])
  const [words, setWords] = useState(text)
  const { act, isBusy, problem } = useAct()
  return (
    <form className={classes.ballot} onSubmit={(event) => { event.preventDefault(); void act(() => proposeSummary(id, words.trim()), close) }}>
      <Textarea autosize minRows={3} maxRows={14} maxLength={8000} autoFocus aria-label={t('summary_words')} placeholder={t('summary_words')} value={words} onChange={(event) => setWords(event.currentTarget.value)} />
      {problem}
      <div className={classes.row}><Button type="submit" size="compact-md" loading={isBusy} disabled={!words.trim()}>{t('summary_send')}</Button><button type="button" className="text-button" onClick={close}>{t('kernel:cancel')}</button></div>
    </form>
  )
}
