import type { Feature } from '../../kernel/feature.ts'
import { later } from '../../kernel/later.ts'
import { live } from './live.ts'
import { defineWaiting } from './waiting.ts'

defineWaiting('told', { Line: later(() => import('./ToldLine.tsx').then((file) => file.ToldLine)) })

export const waiting: Feature = { name: 'waiting', live }
