import { randomInt } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { close } from '../server/features/polls/close.ts'
import { type Host, inTransaction, SYSTEM } from '../server/kernel/context.ts'
import { type Client, type Json, makeClient, scene } from '../server/scene.ts'
import { placesOf } from './canary.ts'
import { logFolder } from './canaries.ts'
import { type Ballot, ballotOf, putIn } from './voter.ts'

const [POLLS, VOTERS] = [6, 10]
// Of sixty pairs that are put together by chance six are right; 20 or more are so once in a hundred thousand times.
const [CHANCE, BETTER] = [POLLS, 20]

type Cast = Ballot & { poll: string; person: string }
const bytes = (text: string) => Buffer.from(text, 'base64url')

/** How often somebody is right who puts the first ballot given together with the first vote found, and so on; forwards or backwards. */
function hits(cast: Cast[], given: Map<string, string[]>, found: Map<string, string[]>): number {
  const owner = new Map(cast.map(({ token, person }) => [bytes(token).toString('hex'), person]))
  const right = (order: (tokens: string[]) => string[]) =>
    [...given].reduce((sum, [poll, people]) => sum + order(found.get(poll) ?? []).filter((token, i) => owner.get(token) === people[i]).length, 0)
  return Math.max(right((tokens) => tokens), right((tokens) => tokens.toReversed()))
}

/** The rows of a table in an order that the database betrays: a column of each poll. */
async function orderIn(host: Host, table: string, column: string, order: string): Promise<Map<string, string[]>> {
  const { rows } = await host.pool.query<{ poll: string; value: string }>(`select entry_id as poll, ${column} as value from ${table} order by ${order}`)
  return new Map([...Map.groupBy(rows, ({ poll }) => poll)].map(([poll, some]) => [poll, some.map(({ value }) => value)]))
}

/** All that PostgreSQL has on its disk of this database, and what it has written ahead since a place in that log. */
async function filesOf(host: Host, since: string): Promise<{ name: string; content: Buffer; isLog: boolean }[]> {
  await host.pool.query('checkpoint')
  const { rows: [{ dir, oid, from }] } = await host.pool.query(`select current_setting('data_directory') as dir, (select oid from pg_database where datname = current_database()) as oid, pg_walfile_name($1::pg_lsn) as from`, [since])
  await host.pool.query('select pg_switch_wal()')
  const read = (folder: string, isLog: boolean, fits: (name: string) => boolean) => readdirSync(join(dir, folder)).filter(fits)
    .flatMap((name) => (existsSync(join(dir, folder, name)) ? [{ name, content: readFileSync(join(dir, folder, name)), isLog }] : []))
  return [...read(`base/${oid}`, false, (name) => /^\d/.test(name)), ...read('pg_wal', true, (name) => /^[0-9A-F]{24}$/.test(name) && name >= from)]
}

/** Where in a file something is, every time. */
function placesIn(content: Buffer, what: Buffer): number[] {
  const places: number[] = []
  for (let at = content.indexOf(what); at >= 0; at = content.indexOf(what, at + 1)) places.push(at)
  return places
}

const logs = () => readdirSync(logFolder()!, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.log')).map((name) => readFileSync(join(logFolder()!, name), 'utf8'))

async function crowd(olga: Client): Promise<Client[]> {
  const n = Date.now().toString(36)
  const people: Json[] = []
  for (let i = 0; i < VOTERS; i++) people.push(await olga.post('/people', { name: `Voter ${i}`, handle: `v${i}-${n}`, token: true }))
  return Promise.all(people.map((person) => makeClient(olga.url, person)))
}

test('whoever has the whole database, its log of writes and all other logs links votes to people no better than chance', { timeout: 120_000 }, async () => {
  const { olga, ann, team, url, host } = await scene()
  const voters = await crowd(olga)
  const { rows: [{ since }] } = await host.pool.query('select pg_current_wal_lsn()::text as since')
  // What a table does that votes are simply put into, beside.
  await host.pool.query('create table plain_box (entry_id uuid, token text)')
  const polls: Json[] = []
  for (let i = 0; i < POLLS; i++)
    polls.push(await ann.post(`/spaces/${team.id}/entries`, { kind: 'poll', title: 'Who leads?', options: ['Ann', 'Bob', 'Nobody'], method: 'single', anonymous: true, closes_at: new Date(Date.now() + 3_600_000).toISOString() }))

  // The worst that can be: each votes at once after the ballot, one after the other.
  const cast: Cast[] = []
  const choices = new Map<string, string[]>()
  for (const { id } of polls) {
    for (const person of voters.toSorted(() => randomInt(3) - 1)) {
      const ballot = await ballotOf(person, { id })
      const choice = String(1 + randomInt(3))
      expect(await putIn(url, { id }, ballot, [choice])).toHaveProperty('box')
      cast.push({ ...ballot, poll: id, person: person.id })
      choices.set(id, [...(choices.get(id) ?? []), choice])
      await host.pool.query('insert into plain_box values ($1, $2)', [id, bytes(ballot.token).toString('hex')])
    }
  }

  // Rows, in all orders that the database has: who got a ballot when is known, which vote came when is not.
  const given = await orderIn(host, 'poll_ballots', 'person_id', 'xmin::text::bigint, ctid')
  expect(hits(cast, given, await orderIn(host, 'plain_box', 'token', 'xmin::text::bigint, ctid'))).toBe(POLLS * VOTERS)
  for (const order of ['xmin::text::bigint, ctid', 'ctid', 'cmin::text::bigint, ctid', 'token', 'choice::text, ctid'])
    expect(hits(cast, given, await orderIn(host, 'ballot_papers', `encode(token, 'hex')`, order)), `by ${order}, where chance has ${CHANCE}`).toBeLessThan(BETTER)
  await host.pool.query('drop table plain_box')

  // Nor what the database itself gathers of it.
  await host.pool.query('analyze')
  expect((await host.pool.query("select 1 from pg_stats where tablename = 'ballot_papers'")).rowCount).toBe(0)
  expect((await host.pool.query("select 1 from pg_stats where tablename = 'poll_ballots'")).rowCount).not.toBe(0)

  // Nothing of a vote is anywhere else: no column of any table, no byte of the log of writes, no version of a row that is gone.
  const files = await filesOf(host, since)
  const { rows: [{ request }] } = await host.pool.query('select request from poll_ballots limit 1')
  expect(files.filter(({ isLog, content }) => isLog && content.includes(request)).length, 'what is in the log of writes, found there').toBeGreaterThan(0)
  for (const { token } of cast.slice(0, 3)) expect(await placesOf(host, bytes(token).toString('hex'))).toEqual(['public.ballot_papers.token'])
  for (const file of files) {
    const lies = cast.map((vote) => ({ vote, places: placesIn(file.content, bytes(vote.token)) })).filter(({ places }) => places.length)
    for (const { places } of lies) expect([file.name, file.isLog, places.length]).toEqual([file.name, false, 1])
    const byPlace = Map.groupBy(lies.toSorted((a, b) => a.places[0] - b.places[0]), ({ vote }) => vote.poll)
    const found = new Map([...byPlace].map(([poll, some]) => [poll, some.map(({ vote }) => bytes(vote.token).toString('hex'))]))
    expect(hits(cast, given, found), `by their places in ${file.name}`).toBeLessThan(BETTER)
    for (const { signature } of cast) expect(file.content.includes(bytes(signature)), `a signature in ${file.name}`).toBe(false)
  }
  for (const log of logs()) for (const { token, signature } of cast) for (const secret of [token, signature, bytes(token).toString('hex')]) expect(log.includes(secret)).toBe(false)

  // Once it is closed there is the count, and no vote any more.
  for (const { id } of polls) {
    await sql`update polls set closes_at = now() where entry_id = ${id}`.execute(host.db)
    await inTransaction(host, SYSTEM, (ctx) => close(ctx, id))
    const { count } = (await ann.get(`/entries/${id}`)).poll
    expect(count.tally).toEqual(['1', '2', '3'].map((option) => ({ option, votes: choices.get(id)!.filter((choice) => choice === option).length })))
  }
  for (const { content, name } of await filesOf(host, since)) for (const { token } of cast) expect(content.includes(bytes(token)), `a vote in ${name}, after all`).toBe(false)
})
