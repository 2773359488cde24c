import { Button, Group, Stack, Textarea, TextInput } from '@mantine/core'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { isSame, MOST_WORDS, replaced } from '../../../server/features/corrections/policy.ts'
import { Difference, partsBetween } from '../../core/entries/Difference.tsx'
import { useCommand } from '../../kernel/query.ts'
import { reasonOf } from '../../kernel/reason.ts'
import { useMe } from '../../kernel/session.tsx'
import type { Entry } from '../../kernel/types.ts'
import { Dialog } from '../../kernel/ui/Dialog.tsx'
import { FormError } from '../../kernel/ui/FormError.tsx'
import classes from './Corrections.module.css'
import { correct } from './commands.ts'

type Words = { title: string; body: string }

/** Says what in an entry was wrong, and what is right. Whose words they are changes them with that: where they say it word for word, by itself. */
export function CorrectDialog({ entry, chosen, close }: { entry: Entry; chosen: string; close: () => void }) {
  const { t } = useTranslation('corrections')
  const isMine = useMe().id === entry.author
  const [wrong, setWrong] = useState(chosen.slice(0, MOST_WORDS))
  const [right, setRight] = useState(chosen.slice(0, MOST_WORDS))
  const [isTried, setTried] = useState(false)
  const [own, setOwn] = useState<Words>()
  const words = !isMine ? entry : own ?? { title: replaced(entry.title, wrong, right) ?? entry.title, body: replaced(entry.body, wrong, right) ?? entry.body }
  const isEmpty = !wrong.trim() || !right.trim()
  const isUnchanged = !isEmpty && isSame(wrong, right)
  const isNothing = isMine && (entry.title ? !words.title.trim() : !words.body.trim() && !entry.files.length)
  const go = useCommand({
    run: () => correct(entry, { wrong: wrong.trim(), right: right.trim(), ...(words.title !== entry.title && { title: words.title }), ...(words.body !== entry.body && { body: words.body }) }),
    done: close,
  })
  const send = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (!isEmpty && !isUnchanged && !isNothing) go.mutate()
  }
  return (
    <Dialog close={close} title={t('correct_title')} size="lg">
      <form onSubmit={send}>
        <Stack gap="md">
          <Textarea label={t('wrong')} description={t('wrong_hint')} autosize minRows={1} maxRows={8} maxLength={MOST_WORDS} value={wrong} onChange={(event) => setWrong(event.currentTarget.value)} data-autofocus={!chosen || undefined} required />
          <Textarea label={t('right')} autosize minRows={1} maxRows={8} maxLength={MOST_WORDS} value={right} onChange={(event) => setRight(event.currentTarget.value)} data-autofocus={!!chosen || undefined} required />
          {isTried && isUnchanged && <FormError>{t('same')}</FormError>}
          {isMine ? <OwnWords entry={entry} words={words} change={setOwn} /> : <p className={classes.hint}>{t('not_yours', { name: entry.by.name })}</p>}
          {isTried && isNothing && <FormError>{t('nothing_left')}</FormError>}
          <p className={classes.hint}>{t('told')}</p>
          {go.error && <FormError>{reasonOf(t, go.error)}</FormError>}
        </Stack>
        <Group justify="flex-end" mt="lg" gap="sm" wrap="wrap-reverse">
          <Button variant="default" onClick={close}>{t('kernel:cancel')}</Button>
          <Button type="submit" disabled={isEmpty} loading={go.isPending}>{t('correct_do')}</Button>
        </Group>
      </form>
    </Dialog>
  )
}

/** How it reads then, to be changed by hand as well; and what becomes different. */
function OwnWords({ entry, words, change }: { entry: Entry; words: Words; change: (words: Words) => void }) {
  const { t } = useTranslation('corrections')
  const textOf = ({ title, body }: Words) => (title ? `${title}\n\n${body}` : body)
  const isOther = textOf(words) !== textOf(entry)
  return (
    <>
      {entry.title && <TextInput label={t('title')} maxLength={200} value={words.title} onChange={(event) => change({ ...words, title: event.currentTarget.value })} />}
      <Textarea label={t('text')} description={t('text_hint')} autosize minRows={3} maxRows={14} maxLength={40_000} value={words.body} onChange={(event) => change({ ...words, body: event.currentTarget.value })} />
      {isOther
        ? <div className={classes.preview} dir="auto"><Difference parts={partsBetween(textOf(entry), textOf(words), t('kernel:locale'))} /></div>
        : <p className={classes.hint}>{t('text_stays')}</p>}
    </>
  )
}
