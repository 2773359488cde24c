import { expect, test } from 'vitest'
import { canMove, isFresh, isOpen, missing, nextStages, type Stage, STAGES } from './policy.ts'

const idea = (stage: Stage, merged_into: string | null = null) => ({ author: 'bob', state: 'published' as const, idea: { stage, owner: { id: 'bob' }, merged_into } })
const space = (may_manage: boolean, state: 'active' | 'archived' = 'active') => ({ state, my: { may_manage, may_post: true } })
const nothing = { reason: '', measured: '', until: null }

test('an owner goes back and forth before the end, hosts go to it, and nobody in an archived space', () => {
  const steps = STAGES.flatMap((from) => nextStages(from).map((to) => [from, to] as const))
  const allowed = (who: string, may_manage: boolean) => steps.filter(([from, to]) => canMove({ id: who }, idea(from), to, space(may_manage))).map((step) => step.join(' '))
  expect(allowed('bob', false)).toEqual(['new discussed', 'new trial', 'discussed new', 'discussed trial', 'trial new', 'trial discussed'])
  expect(allowed('eve', false)).toEqual([])
  expect(allowed('ann', true)).toEqual(steps.map((step) => step.join(' ')))
  expect(canMove({ id: 'ann' }, idea('new'), 'adopted', space(true, 'archived'))).toBe(false)
  expect(canMove({ id: 'ann' }, { ...idea('new'), state: 'removed' }, 'adopted', space(true))).toBe(false)
})

test('what was decided is taken up again before anything else', () => {
  expect([nextStages('adopted'), nextStages('declined')]).toEqual([['discussed'], ['discussed']])
  for (const from of ['new', 'discussed', 'trial'] as const) expect(nextStages(from)).toHaveLength(4)
  expect(STAGES.filter((stage) => isOpen(idea(stage)))).toEqual(['new', 'discussed', 'trial'])
  expect(isOpen(idea('new', 'other'))).toBe(false)
})

test('a step says what it needs', () => {
  expect(missing('new', 'declined', nothing)).toBe('refusal_needs_reason')
  expect(missing('adopted', 'discussed', nothing)).toBe('reopening_needs_reason')
  expect(missing('new', 'trial', { ...nothing, measured: 'Steps' })).toBe('trial_needs_measure')
  expect(missing('trial', 'adopted', { ...nothing, reason: 'Good' })).toBe('trial_needs_result')
  expect(missing('trial', 'declined', { ...nothing, reason: 'Bad', measured: '3' })).toBeNull()
  expect(missing('new', 'adopted', nothing)).toBeNull()
  expect(missing('trial', 'discussed', nothing)).toBeNull()
})

test('for a day merged ideas are taken apart', () => {
  expect([isFresh('2026-01-01T00:00:00Z', Date.parse('2026-01-01T23:59:00Z')), isFresh('2026-01-01T00:00:00Z', Date.parse('2026-01-02T00:01:00Z'))]).toEqual([true, false])
})
