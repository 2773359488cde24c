import { expect, test } from 'vitest'
import { lettersTo, scene } from '../../scene.ts'

test('everybody on a list is invited, and each line says what became of it', async () => {
  const { olga, ann, config } = await scene()
  const { email: known } = await ann.get('/me')
  const n = Date.now()
  const { items } = await olga.post('/invitations/many', { emails: [`one${n}@x.example`, 'not an address', `two${n}@x.example`, `ONE${n}@x.example`, known] })
  expect(items.map(({ state }: { state: string }) => state)).toEqual(['invited', 'not_an_address', 'invited', 'twice', 'here_already'])
  expect(items[0].url).toMatch(/\/invite\/fmi_/)
  for (const who of ['one', 'two']) expect(await lettersTo(config, `${who}${n}@x.example`)).toHaveLength(1)
})

test('members invite by themselves only where the network says so', async () => {
  const { olga, ann, gina } = await scene()
  const n = Date.now()
  expect(await ann.post('/invitations', { email: `a${n}@x.example` })).toMatchObject({ code: 'cannot_invite' })
  await olga.patch('/network', { members_invite: true })
  expect(await ann.post('/invitations', { email: `a${n}@x.example` })).toMatchObject({ email: `a${n}@x.example`, url: null })
  expect(await ann.post('/invitations', { email: `b${n}@x.example`, role: 'guest' })).toMatchObject({ code: 'cannot_invite' })
  expect(await ann.post('/invitations', { uses: 25 })).toMatchObject({ code: 'cannot_invite' })
  expect(await gina.post('/invitations', { email: `c${n}@x.example` })).toMatchObject({ code: 'cannot_invite' })
  const { items } = await ann.post('/invitations/many', { emails: [`d${n}@x.example`] })
  expect(items).toMatchObject([{ state: 'invited', url: null }])
  await olga.patch('/network', { members_invite: false })
})
