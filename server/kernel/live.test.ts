import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, expect, test } from 'vitest'
import { addPerson } from '../core/people/commands.ts'
import { openHost } from '../host.ts'
import { type Client, makeClient, testConfig } from '../scene.ts'
import { startFolkmoot } from '../start.ts'
import { inTransaction, type Role, SYSTEM } from './context.ts'

const clean: (() => Promise<unknown>)[] = []
afterAll(async () => {
  for (const step of clean.reverse()) await step()
})

/** A server whose log is not numbered until one says so: what happens meanwhile arrives in one batch, late. */
async function lateServer(names: Record<string, Role>) {
  const { config, drop } = await testConfig()
  clean.push(drop)
  const { host, close } = await openHost(config)
  clean.push(close)
  const holder = new pg.Client(config.databaseUrl!)
  await holder.connect()
  await holder.query('select pg_advisory_lock(7106221)')
  const running = await startFolkmoot(config)
  clean.push(running.stop)
  const people: Record<string, Client> = {}
  for (const [name, role] of Object.entries(names)) {
    const person = await inTransaction(host, SYSTEM, (ctx) => addPerson(ctx, { name, handle: name, role, kind: 'person', token: true }))
    people[name] = await makeClient(running.url, person as { id: string; token: string; handle: string })
  }
  return { people, running, catchUp: () => holder.end() }
}

test('words that were written after a removal do not reach who was removed, however late the log is read', async () => {
  const { people: { ann, bob, eve }, running, catchUp } = await lateServer({ ann: 'owner', bob: 'member', eve: 'member' })
  const space = await ann.post('/spaces', { name: 'Board', purpose: 'Decide', visibility: 'closed' })
  const open = await ann.post('/spaces', { name: 'Hall', purpose: 'Talk', visibility: 'open' })
  await ann.put(`/spaces/${space.id}/members/${bob.id}`, {})
  const [anns, bobs, eves] = [await ann.live(), await bob.live(), await eve.live()]
  const entry = await ann.post(`/spaces/${space.id}/entries`, { body: 'harmless' })
  const inHall = await ann.post(`/spaces/${open.id}/entries`, { body: 'harmless' })
  await ann.del(`/spaces/${space.id}/members/${bob.id}`)
  await ann.patch(`/spaces/${open.id}`, { visibility: 'closed' })
  await ann.patch(`/entries/${entry.id}`, { body: 'cnry_for_members' })
  await ann.patch(`/entries/${inHall.id}`, { body: 'cnry_for_members' })
  await catchUp()
  await anns.until((event) => event.type === 'entry.edited' && event.entry_id === inHall.id)
  await running.settled()
  await sleep(100)
  for (const outside of [bobs, eves]) expect(JSON.stringify(outside.events)).not.toContain('cnry_for_members')
  expect(bobs.events.some((event) => event.type === 'membership.left')).toBe(true)
})
