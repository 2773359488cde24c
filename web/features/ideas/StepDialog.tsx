import { Button, Group, NumberInput, Radio, Stack, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { canMove, isEnd, MONTHS, nextStages, type Stage, STAGES } from '../../../server/features/ideas/policy.ts'
import { reasonOf } from '../../kernel/reason.ts'
import { useCommand } from '../../kernel/query.ts'
import { useMe } from '../../kernel/session.tsx'
import type { Entry, Space } from '../../kernel/types.ts'
import { Dialog } from '../../kernel/ui/Dialog.tsx'
import { FormError } from '../../kernel/ui/FormError.tsx'
import { move } from './commands.ts'

const MOST = 2000
const today = () => new Date().toISOString().slice(0, 10)

/** Takes an idea to another stage: where to, why, and what is or was measured. */
export function StepDialog({ entry, space, close }: { entry: Entry; space: Space; close: () => void }) {
  const { t } = useTranslation('idea-cards')
  const me = useMe()
  const from = entry.idea!.stage
  const possible = nextStages(from).filter((stage) => canMove(me, entry, stage, space))
  const [stage, setStage] = useState<Stage>(possible.find((one) => STAGES.indexOf(one) > STAGES.indexOf(from)) ?? possible[0])
  const [reason, setReason] = useState('')
  const [measured, setMeasured] = useState('')
  const [until, setUntil] = useState('')
  const [months, setMonths] = useState<number | string>(MONTHS)
  const asksMeasure = stage === 'trial' || (from === 'trial' && isEnd(stage))
  const needsReason = stage === 'declined' || isEnd(from)
  const go = useCommand({
    run: () => move(entry, { stage, from, reason, ...(asksMeasure && { measured }), ...(stage === 'trial' && { until }), ...(stage === 'adopted' && { ask_in_months: Number(months) || MONTHS }) }),
    done: close,
  })
  return (
    <Dialog close={close} title={t('step_title')}>
      <form onSubmit={(event) => { event.preventDefault(); go.mutate() }}>
        <Stack gap="md">
          <Radio.Group label={t('step_to')} value={stage} onChange={(value) => setStage(value as Stage)}>
            <Stack gap={6} mt={6}>{possible.map((one) => <Radio key={one} value={one} label={t(`stage.${one}`)} data-autofocus={one === stage || undefined} />)}</Stack>
          </Radio.Group>
          {asksMeasure && <Textarea label={t(stage === 'trial' ? 'measure' : 'measure_result')} description={stage === 'trial' ? t('measure_hint') : undefined} autosize minRows={2} maxLength={MOST} value={measured} onChange={(event) => setMeasured(event.currentTarget.value)} required />}
          {stage === 'trial' && <TextInput type="date" label={t('trial_until')} value={until} min={today()} onChange={(event) => setUntil(event.currentTarget.value)} required />}
          <Textarea label={t(stage === 'declined' ? 'why_not' : 'why')} description={stage === 'declined' ? t('why_not_hint') : undefined} autosize minRows={2} maxLength={MOST} value={reason} onChange={(event) => setReason(event.currentTarget.value)} required={needsReason} />
          {stage === 'adopted' && <NumberInput label={t('ask_in')} description={t('ask_in_hint')} value={months} onChange={setMonths} min={1} max={24} clampBehavior="strict" allowDecimal={false} />}
          {go.error && <FormError>{reasonOf(t, go.error)}</FormError>}
        </Stack>
        <Group justify="flex-end" mt="lg" gap="sm" wrap="wrap-reverse">
          <Button variant="default" onClick={close}>{t('kernel:cancel')}</Button>
          <Button type="submit" loading={go.isPending}>{t(`do.${stage}`)}</Button>
        </Group>
      </form>
    </Dialog>
  )
}
