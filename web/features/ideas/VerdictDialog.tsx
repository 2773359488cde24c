import { Button, Group, Radio, Stack, Textarea } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Answer, ANSWERS } from '../../../server/features/ideas/policy.ts'
import { refetchWaiting } from '../../core/waiting/waiting.ts'
import { reasonOf } from '../../kernel/reason.ts'
import { useCommand } from '../../kernel/query.ts'
import { Dialog } from '../../kernel/ui/Dialog.tsx'
import { FormError } from '../../kernel/ui/FormError.tsx'
import { judge } from './commands.ts'
import classes from './Ideas.module.css'

/** Whether an idea worked, with words. */
export function VerdictDialog({ id, title, worked: begun, close }: { id: string; title: string; worked?: Answer; close: () => void }) {
  const { t } = useTranslation('idea-cards')
  const [worked, setWorked] = useState<string>(begun ?? '')
  const [words, setWords] = useState('')
  const go = useCommand({
    run: () => judge(id, worked as Answer, words),
    done: () => {
      refetchWaiting()
      close()
    },
  })
  return (
    <Dialog close={close} title={t('did_it_work')}>
      <p className={classes.asked} dir="auto">{title}</p>
      <form onSubmit={(event) => { event.preventDefault(); if (worked) go.mutate() }}>
        <Stack gap="md">
          <Radio.Group aria-label={t('did_it_work')} value={worked} onChange={setWorked}>
            <Group gap="lg">{ANSWERS.map((one, at) => <Radio key={one} value={one} label={t(`worked.${one}`)} data-autofocus={(begun ? one === begun : at === 0) || undefined} />)}</Group>
          </Radio.Group>
          <Textarea label={t('verdict_words')} autosize minRows={2} maxLength={2000} value={words} onChange={(event) => setWords(event.currentTarget.value)} />
          <p className={classes.hint}>{t('verdict_hint')}</p>
          {go.error && <FormError>{reasonOf(t, go.error)}</FormError>}
        </Stack>
        <Group justify="flex-end" mt="lg" gap="sm" wrap="wrap-reverse">
          <Button variant="default" onClick={close}>{t('kernel:cancel')}</Button>
          <Button type="submit" disabled={!worked} loading={go.isPending}>{t('verdict_send')}</Button>
        </Group>
      </form>
    </Dialog>
  )
}
