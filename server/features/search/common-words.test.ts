import { expect, test } from 'vitest'
import { openHost } from '../../host.ts'
import { idAt, timeOf } from '../../kernel/ids.ts'
import { type Client, type Json, scene } from '../../scene.ts'
import { reindex } from './commands.ts'

type Said = { id: string; space: string; author: Client; kind: string; body: string; hasFile: boolean }

const DAY = 86_400_000
const first = Date.parse('2020-03-01T12:00:00Z')

/** Words that thousands of entries have are looked for in another way than rare ones: in time, not in the index. */
test('words that thousands have: each finds their own, in order, to the last page', async () => {
  const { ann, bob, eve, gina, olga, team, config } = await scene()
  const open = async (name: string, visibility: string) => (await ann.post('/spaces', { name: `${name} ${ann.handle}`, purpose: 'x', visibility })).id as string
  const [closed, secret, small] = [await open('Closed', 'closed'), await open('Secret', 'secret'), await open('Small', 'closed')]
  await ann.put(`/spaces/${secret}/members/${bob.id}`, { role: 'member' })
  for (const { id } of [bob, gina]) await ann.put(`/spaces/${small}/members/${id}`, { role: 'member' })
  const mayRead = (person: Client, space: string) => space === team.id ? person !== gina : person === ann || (space === secret && person === bob) || (space === small && (person === bob || person === gina))

  const said: Said[] = Array.from({ length: 7000 }, (_, i) => ({
    id: idAt(first + i * DAY / 70), space: i % 61 === 0 ? small : i % 5 === 0 ? team.id : i % 5 === 1 && i > 5000 ? secret : closed,
    author: i % 3 ? ann : bob, kind: i % 4 ? 'message' : 'update', hasFile: i % 50 === 0,
    body: `tidal ${i % 2 ? 'odd' : 'even'} 潮 n${i} ${i % 700 === 0 ? 'seldom' : ''} ${i < 2500 ? 'bygone' : ''}`,
  }))
  await fill(said)
  const oracle = (person: Client, fits: (entry: Said) => boolean) => said.filter((e) => mayRead(person, e.space) && fits(e)).map((e) => e.id).reverse()
  const day = (n: number) => new Date(first + n * DAY).toISOString().slice(0, 10)
  const has = (...words: string[]) => (e: Said) => words.every((word) => e.body.includes(word))
  const queries: [string, (e: Said) => boolean][] = [
    ['tidal', has('tidal')], ['潮', has('潮')], ['"tidal od"', has('odd')], ['ti -odd', has('even')], ['tidal seldom', has('seldom')], ['bygone', has('bygone')],
    [`tidal from:${bob.handle}`, (e) => e.author === bob], [`from:${bob.handle}`, (e) => e.author === bob], [`-from:${bob.handle} tidal`, (e) => e.author === ann],
    [`tidal in:${team.id}`, (e) => e.space === team.id], [`in:${secret} in:${small} tidal even`, (e) => e.space !== team.id && e.space !== closed && has('even')(e)],
    [`from:${ann.handle} in:${secret} tidal`, (e) => e.author === ann && e.space === secret], ['kind:update tidal', (e) => e.kind === 'update'],
    ['has:file tidal', (e) => e.hasFile], [`has:file from:${bob.handle} tidal`, (e) => e.hasFile && e.author === bob],
    [`tidal before:${day(20)}`, (e) => timeOf(e.id) < Date.parse(day(20))], [`tidal after:${day(60)}`, (e) => timeOf(e.id) >= Date.parse(day(61))],
    [`tidal odd after:${day(30)} before:${day(33)}`, (e) => has('odd')(e) && timeOf(e.id) >= Date.parse(day(31)) && timeOf(e.id) < Date.parse(day(33))],
    ['tidal -tidal', () => false],
  ]
  for (const [name, person] of Object.entries({ ann, bob, eve, gina, olga })) for (const [q, fits] of queries) {
    const expected = oracle(person, fits)
    const page: Json = await person.get(`/search?limit=100&q=${encodeURIComponent(q)}`)
    expect([name, q, page.total, page.items.map((item: Json) => item.id)]).toEqual([name, q, Math.min(expected.length, 1000), expected.slice(0, 100)])
    // From somewhere deep in the list on, too.
    const at = Math.floor(expected.length * 0.9)
    if (at > 1) expect([name, q, (await person.get(`/search?limit=20&before=${expected[at - 1]}&q=${encodeURIComponent(q)}`)).items.map((item: Json) => item.id)])
      .toEqual([name, q, expected.slice(at, at + 20)])
  }

  async function fill(entries: Said[]) {
    const { host, close } = await openHost(config)
    for (let from = 0; from < entries.length; from += 1000)
      await host.db.insertInto('entries').values(entries.slice(from, from + 1000).map((e) => ({
        id: e.id, space_id: e.space, kind: e.kind, root_id: null, parent_id: null, author_id: e.author.id, title: '', body: e.body, in_feed: false, active_id: e.id, edited_at: null,
      }))).execute()
    for (const e of entries.filter((entry) => entry.hasFile)) {
      const file = idAt(timeOf(e.id))
      await host.db.insertInto('files').values({ id: file, owner_id: e.author.id, name: 'a', type: 'text/plain', size: 1, sha256: null, width: null, height: null, state: 'record' }).execute()
      await host.db.insertInto('entry_files').values({ entry_id: e.id, file_id: file, position: 0 }).execute()
    }
    expect((await reindex(host)).missing).toBe(entries.length)
    await close()
  }
}, 180_000)
