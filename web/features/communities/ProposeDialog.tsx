import { Button, Group, Radio, Stack, Textarea, TextInput } from '@mantine/core'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { neededFor } from '../../../server/features/communities/policy.ts'
import { AudiencePreview } from '../../core/spaces/AudiencePreview.tsx'
import { errorAt, valuesOf } from '../../kernel/form.ts'
import { reasonOf } from '../../kernel/reason.ts'
import { useMe } from '../../kernel/session.tsx'
import { Dialog } from '../../kernel/ui/Dialog.tsx'
import { FormError } from '../../kernel/ui/FormError.tsx'
import { usePropose } from './commands.ts'
import classes from './Communities.module.css'
import type { Community, Home } from './queries.ts'
import { nameFrom } from './words.tsx'

type Visibility = Home['visibility']
const CHOICES: Visibility[] = ['open', 'closed']

/** Name, purpose and audience of the space that a community may want. */
export function ProposeDialog({ community, close, proposed }: { community: Community; close: () => void; proposed: () => void }) {
  const { t } = useTranslation('communities')
  const { network } = useMe()
  const [visibility, setVisibility] = useState<Visibility>('open')
  const needed = neededFor(community.size)
  const propose = usePropose(community.id, () => {
    close()
    proposed()
  })
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const { name, purpose } = valuesOf(event.currentTarget)
    propose.mutate({ name, purpose, visibility })
  }
  return (
    <Dialog close={close} title={t('propose')} size="lg">
      <form onSubmit={send}>
        <Stack gap="md">
          <p className={classes.rule}>{t('rule', { size: community.size, needed })}</p>
          <TextInput name="name" label={t('charter:name')} required maxLength={80} defaultValue={nameFrom(t, community.words)}
            error={errorAt(propose.error, 'name')} data-autofocus />
          <Textarea name="purpose" label={t('charter:purpose')} description={t('charter:purpose_hint')} required autosize minRows={2} maxRows={6}
            maxLength={500} error={errorAt(propose.error, 'purpose')} />
          <Radio.Group label={t('charter:visibility')} value={visibility} onChange={(value) => setVisibility(value as Visibility)}>
            {CHOICES.map((choice) => (
              <Radio key={choice} value={choice} className={classes.choice} label={t(`spaces:visibility.${choice}`)}
                description={t(`charter:${choice}_hint`, { network: network.name })} />
            ))}
          </Radio.Group>
          <AudiencePreview visibility={visibility} members={needed} />
          {propose.error && <FormError>{reasonOf(t, propose.error)}</FormError>}
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={close}>{t('kernel:cancel')}</Button>
            <Button type="submit" loading={propose.isPending}>{t('propose_it')}</Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  )
}
