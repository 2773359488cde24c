import { expect, test } from 'vitest'
import type { LiveEvent, PersonCard, Role, Space } from '../../kernel/types.ts'
import { withMember } from './member-counts.ts'

const audience = (scope: Space['audience']['scope'], count: number) => ({ scope, count, not_joined: 0, names: [], network: 'Acme' })
const space = (more: Partial<Space>) => ({ id: 's', kind: 'community', visibility: 'open', member_count: 4, audience: audience('organisation', 40), ...more }) as Space
const event = (type: string, role: Role = 'member') => ({ type, person: { id: 'p', role } as PersonCard }) as LiveEvent

test('who comes and goes is counted as a member, and as a reader where only members read', () => {
  expect(withMember(space({}), event('membership.joined'))).toMatchObject({ member_count: 5, audience: { count: 40, scope: 'organisation' } })
  expect(withMember(space({}), event('membership.left'))).toMatchObject({ member_count: 3, audience: { count: 40 } })
  const closed = space({ visibility: 'closed', audience: audience('space', 4) })
  expect(withMember(closed, event('membership.joined'))).toMatchObject({ member_count: 5, audience: { count: 5, scope: 'space' } })
  expect(withMember(closed, event('membership.changed'))).toBe(closed)
})

test('a guest who comes is one more reader everywhere, and shows', () => {
  expect(withMember(space({}), event('membership.joined', 'guest'))).toMatchObject({ member_count: 5, audience: { count: 41, scope: 'partners' } })
  const closed = space({ visibility: 'closed', audience: audience('space', 4) })
  expect(withMember(closed, event('membership.joined', 'guest'))).toMatchObject({ audience: { count: 5, scope: 'partners' } })
})
