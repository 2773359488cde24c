import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { type Json, scene } from '../../scene.ts'
import { canManageSpace } from '../spaces/policy.ts'
import { beginEach, defineKind } from './kinds.ts'
import { canEdit } from './policy.ts'

const kept: Record<string, number> = {}

// As a feature would: hosts say something that is in force for some days.
defineKind({
  name: 'rule', startsIn: ['community'], replies: true, reactions: true, inFeed: true, title: 'needed', searchable: true, spoken: false,
  mayBegin: canManageSpace, mayEdit: canEdit,
  input: z.object({ days: z.number().int().min(1) }),
  begin: beginEach(async (_, entry, { days }: { days: number }) => void (kept[entry.id] = days)),
  facts: { shape: z.object({ days: z.number() }), column: () => sql`json_build_object('days', 7)` },
})

test('a kind says what it takes, who begins one, and what it shows beside the words', async () => {
  const { ann, bob, team } = await scene()
  const post = (by: typeof ann, more: object) => by.post(`/spaces/${team.id}/entries`, { kind: 'rule', title: 'Quiet hours', body: 'After eight', ...more })
  expect(await post(ann, {})).toMatchObject({ status: 422, code: 'invalid', errors: [{ path: 'days' }] })
  expect(await post(ann, { days: 0 })).toMatchObject({ status: 422, code: 'invalid', errors: [{ path: 'days' }] })
  expect(await post(ann, { days: 7, title: ' ' })).toMatchObject({ status: 422, code: 'title_needed' })
  expect(await post(bob, { days: 7 })).toMatchObject({ status: 403, code: 'forbidden' })
  expect((await ann.get(`/spaces/${team.id}/entries`)).items).toEqual([])
  const rule: Json = await post(ann, { days: 7 })
  expect(rule).toMatchObject({ kind: 'rule', title: 'Quiet hours', rule: { days: 7 } })
  expect(kept[rule.id]).toBe(7)
  expect(await ann.patch(`/entries/${rule.id}`, { title: '' })).toMatchObject({ code: 'title_needed' })
  expect(await ann.patch(`/entries/${rule.id}`, { body: 'After nine' })).toMatchObject({ title: 'Quiet hours', body: 'After nine', rule: { days: 7 } })
})

test('other kinds have nothing of it, and what one of them does not take is not kept', async () => {
  const { ann, bob, team } = await scene()
  const update: Json = await bob.post(`/spaces/${team.id}/entries`, { title: 'Soup', days: 3, rule: { days: 3 } })
  expect(update.kind).toBe('update')
  expect(update).not.toHaveProperty('rule')
  expect(await ann.get(`/entries/${update.id}`)).not.toHaveProperty('rule')
  for (const kind of ['message', 'notice', 'no-such-kind'])
    expect(await ann.post(`/spaces/${team.id}/entries`, { kind, body: 'x' })).toMatchObject({ status: 422, code: 'wrong_kind' })
})
