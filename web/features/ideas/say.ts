import { IconBulb, IconCircleCheck, IconCircleX, IconFlask, IconMessages } from '@tabler/icons-react'
import type { Stage } from '../../../server/features/ideas/policy.ts'
import { i18n } from '../../kernel/i18n.ts'

export const STAGE_ICON = { new: IconBulb, discussed: IconMessages, trial: IconFlask, adopted: IconCircleCheck, declined: IconCircleX } satisfies Record<Stage, unknown>

const UNITS = [['day', 86_400_000], ['hour', 3_600_000], ['minute', 60_000]] as const

/** How long something took, in its largest unit: "3 days". */
export function sayDuration(ms: number): string {
  const [unit, size] = UNITS.find(([, least]) => ms >= least) ?? UNITS[2]
  return new Intl.NumberFormat(i18n.t('kernel:locale'), { style: 'unit', unit, unitDisplay: 'long' }).format(Math.max(1, Math.floor(ms / size)))
}

/** A day without a time: the year only where it is another one. */
export function sayDay(date: string): string {
  const year = date.startsWith(String(new Date().getFullYear())) ? undefined : 'numeric'
  return new Date(`${date}T12:00:00`).toLocaleDateString(i18n.t('kernel:locale'), { day: 'numeric', month: 'long', year })
}
