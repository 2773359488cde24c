import type * as attributionFacts from '../../../server/core/imports/events.ts'
import { i18n } from '../../kernel/i18n.ts'
import { notify } from '../../kernel/notify.ts'
import type { LiveEvent } from '../../kernel/types.ts'
import { refetchAttributions } from './attributions.ts'

declare module '../../kernel/types.ts' { interface Facts { attributions: typeof attributionFacts } }

export function live(event: LiveEvent) {
  if (event.type !== 'attribution.asked' && event.type !== 'attribution.decided') return
  refetchAttributions()
  if (event.type === 'attribution.asked') notify(i18n.t('inbox:imported.asked'))
}
