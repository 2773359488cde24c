import { expect, test } from 'vitest'
import { fc, rounds } from '../../../test/chance.ts'
import { openHost } from '../../host.ts'
import { type Client, type Json, scene } from '../../scene.ts'
import { checkSearch, reindex } from './commands.ts'
import { fold } from './fold.ts'

const find = (person: Client, q: string, more = ''): Promise<Json> => person.get(`/search?q=${encodeURIComponent(q.toWellFormed())}${more}`)
const idsOf = (answer: Json): string[] => answer.items.map((item: Json) => item.id)
const marked = ({ excerpt: { text, marks } }: Json): string[] => marks.map(([from, to]: [number, number]) => text.slice(from, to))

/** A scene whose words no other scene has. */
async function setting() {
  const it = await scene()
  const say = async (person: Client, body: string, more: object = {}) => (await person.post(`/spaces/${it.team.id}/entries`, { body, ...more })).id as string
  return { ...it, say, here: `in:${it.team.id}` }
}

test('words, parts of words and phrases are found, whatever their case and width; the newest first', async () => {
  const { ann, bob, team, say, here, settled } = await setting()
  const first = await say(ann, 'The **Dry** room\nis fine. Straße ＷＩＤＥ', { title: 'Dew point' })
  const second = await say(bob, 'Dry wine, and room is there for debate')
  const answer = (await bob.post(`/entries/${first}/replies`, { body: 'undryable' })).id
  await settled()
  const expected: [string, string[]][] = [
    ['dry', [answer, second, first]], ['DRY ROOM', [second, first]], ['"dry room"', [first]], ['"room is"', [second, first]], ['"is fine"', [first]],
    ['dew', [first]], ['point', [first]], ['ryab', [answer]], ['straße', [first]], ['STRASSE', [first]], ['wide', [first]], ['ｗｉｄｅ', [first]], ['dry -wine', [answer, first]],
    ['dry -"room is"', [answer]], ['wet', []], ['d', [answer, second, first]], ['dr', [answer, second, first]],
  ]
  for (const [q, ids] of expected) expect([q, idsOf(await find(bob, `${here} ${q}`))]).toEqual([q, ids])
  const [hit] = (await find(bob, `${here} "ROOM is" fine`)).items
  expect(hit).toMatchObject({ id: first, space_card: { id: team.id, name: team.name, audience: { scope: 'organisation' } }, excerpt: { text: 'The Dry room is fine. Straße ＷＩＤＥ' } })
  expect(marked(hit)).toEqual(['room is', 'fine'])
  expect((await find(bob, `${here} point`)).items[0].excerpt).toMatchObject({ marks: [], title_marks: [[4, 9]] })
})

test('Japanese, Chinese and Korean words of one character or two are found, and emoji', async () => {
  const { ann, say, here, settled } = await setting()
  const ja = await say(ann, '明日の会議は三階の会議室で。ﾃｽﾄ')
  const zh = await say(ann, '會議改到明天', { title: '開會通知' })
  const ko = await say(ann, '내일 회의합니다 🎉')
  const mixed = await say(ann, 'AI化とQZ')
  await settled()
  const expected: [string, string[]][] = [
    ['会議', [ja]], ['会議室', [ja]], ['議室で', [ja]], ['三', [ja]], ['。', [ja]], ['議室 明日', [ja]], ['議会', []], ['テスト', [ja]], ['テス', [ja]],
    ['會議', [zh]], ['天', [zh]], ['通知', [zh]], ['회의', [ko]], ['일', [ko]], ['🎉', [ko]], ['ai化', [mixed]], ['化と', [mixed]], ['qz', [mixed]], ['明', [zh, ja]],
  ]
  for (const [q, ids] of expected) expect([q, idsOf(await find(ann, `${here} ${q}`))]).toEqual([q, ids])
  expect(marked((await find(ann, `${here} 会議 テスト`)).items[0])).toEqual(['会議', '会議', 'ﾃｽﾄ'])
})

test('who leaves out accents and marks finds what has them, and is shown the words as they stand', async () => {
  const { ann, say, here, settled } = await setting()
  const latin = await say(ann, 'Ein Gefühl wie Déjà-vu in Łódź, mit Soße')
  const turkish = await say(ann, 'Iğdır sınırı, İzmir')
  const arabic = await say(ann, 'اِجْتِماع الأحد')
  const russian = await say(ann, 'Зелёный чай')
  await settled()
  const expected: [string, string[]][] = [['gefuhl', [latin]], ['DEJA-VU', [latin]], ['lodz', [latin]], ['sosse', [latin]], ['igdir', [turkish]], ['izmir', [turkish]], ['SINIRI', [turkish]],
    ['اجتماع', [arabic]], ['الاحد', [arabic]], ['зеленый', [russian]], ['ЗЕЛЁНЫЙ', [russian]]]
  for (const [q, ids] of expected) expect([q, idsOf(await find(ann, `${here} ${q}`))]).toEqual([q, ids])
  expect(marked((await find(ann, `${here} sosse lodz`)).items[0])).toEqual(['Łódź', 'Soße'])
})

test('modifiers narrow by author, space, day, kind and files', async () => {
  const { ann, bob, olga, team, say, settled } = await setting()
  const word = `gilded${team.id.slice(-6)}`
  const other = await ann.post('/spaces', { name: `The "Other" ＰＬＡＣＥ ${word}`, purpose: 'x' })
  const mine = await say(ann, `${word} mine`)
  const yours = await say(bob, `${word} yours`)
  const there = (await ann.post(`/spaces/${other.id}/entries`, { body: `${word} there` })).id
  const reply = (await ann.post(`/entries/${yours}/replies`, { body: `${word} reply` })).id
  const form = new FormData()
  form.set('file', new Blob(['hello']), 'a.txt')
  const file = await bob.post('/files', form)
  const attached = await say(bob, `${word} attached`, { files: [file.id] })
  await settled()
  const today = new Date().toISOString().slice(0, 10)
  const day = (days: number) => new Date(Date.parse(today) + days * 86_400_000).toISOString().slice(0, 10)
  const all = [attached, reply, there, yours, mine]
  const expected: [string, string[]][] = [
    [`from:${ann.handle}`, [reply, there, mine]], [`from:@${ann.handle.toUpperCase()}`, [reply, there, mine]], ['from:me', [attached, yours]],
    [`from:${ann.handle} from:me`, all], ['from:nobody', []], [`-from:${ann.handle}`, [attached, yours]], ['-from:nobody', all],
    [`in:"${other.name.replaceAll('"', '')}"`, [there]], [`in:${other.id}`, [there]], [`in："${team.name.toLowerCase()}"`, [attached, reply, yours, mine]],
    [`-in:${team.id}`, [there]], [`in:${other.id} in:${team.id}`, all],
    ['kind:message', [reply]], ['KIND:Update from:me', [attached, yours]], ['has:file', [attached]],
    [`before:${today}`, []], [`before:${day(1)}`, all], [`after:${day(-1)}`, all], [`after:${today}`, []], [`after:${day(-2)} before:${day(2)}`, all],
  ]
  for (const [q, ids] of expected) {
    expect([q, idsOf(await find(bob, `${word} ${q}`))]).toEqual([q, ids])
    expect([q, (await find(bob, `${q} ${word}`)).total]).toEqual([q, ids.length])
  }
  expect(idsOf(await find(bob, `from:me in:${team.id}`))).toEqual([attached, yours])
  expect(idsOf(await find(olga, `${word} from:me`))).toEqual([])
})

test('a part of a name is enough, with or without accents and spaces; who or what is meant is told, and so is who is not known', async () => {
  const { ann, bob, eve, gina, olga, say, settled } = await setting()
  const n = ann.handle.slice(3)
  await bob.patch('/me', { name: `Björn Østergård ${n}` })
  await eve.patch('/me', { name: `Eva Östermann ${n}` })
  const line = await ann.post('/spaces', { name: `Línea 4: ramp-up ${n}`, purpose: 'x' })
  const board = await ann.post('/spaces', { name: `Linea board ${n}`, purpose: 'x', visibility: 'secret' })
  const there = (await bob.post(`/spaces/${line.id}/entries`, { body: 'kiln there' })).id
  const secret = (await ann.post(`/spaces/${board.id}/entries`, { body: 'kiln secret' })).id
  const bobs = await say(bob, 'kiln one')
  const eves = await say(eve, 'kiln two')
  await settled()
  const kiln = async (person: Client, q: string) => {
    const answer = await find(person, `kiln ${q}`)
    return { ids: idsOf(answer), named: answer.named.map((one: Json) => [one.by, one.name, one.count]), people: answer.named.flatMap((one: Json) => one.people.map((card: Json) => card.id)) }
  }
  expect(await kiln(ann, `from:"bjorn oster" from:x-${n}`)).toMatchObject({ ids: [bobs, there], named: [['from', 'bjorn oster', 1], ['from', `x-${n}`, 0]] })
  expect(await kiln(ann, `from:"osterg"`)).toEqual({ ids: [bobs, there], named: [['from', 'osterg', 1]], people: [bob.id] })
  expect((await kiln(ann, `from:${n}`)).ids).toEqual([eves, bobs, secret, there])
  expect((await kiln(eve, `from:${n} in:linea-4-ramp-up-${n}`)).ids).toEqual([there])
  expect(await kiln(eve, `in:"línea 4"`)).toMatchObject({ ids: [there], named: [['in', 'línea 4', 1]] })
  expect((await kiln(ann, `in:linea`)).ids).toEqual([secret, there])
  expect(await kiln(eve, `in:linea-board-${n}`)).toEqual({ ids: [], named: [['in', `linea-board-${n}`, 0]], people: [] })
  expect(await kiln(eve, 'from:nobody-at-all')).toEqual({ ids: [], named: [['from', 'nobody-at-all', 0]], people: [] })
  expect(await kiln(gina, `from:${bob.handle}`)).toMatchObject({ ids: [], named: [['from', bob.handle, 0]] })
  expect((await find(ann, 'has:gold on:someday in:%')).unknown).toEqual(['has:gold', 'on:someday'])
  expect((await find(ann, 'form:ann')).unknown).toEqual(['form:ann'])
  expect(await kiln(olga, 'with:@')).toMatchObject({ ids: [] })
})

test('what an entry has, what it is, who takes part, and when, in words', async () => {
  const { ann, bob, eve, say, here, settled } = await setting()
  const linked = await say(ann, 'pond: see https://pond.example/map')
  const head = await say(bob, 'pond head')
  const reply = (await eve.post(`/entries/${head}/replies`, { body: 'pond reply' })).id
  const form = new FormData()
  form.set('file', new Blob([Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64')]), 'dot.png')
  const picture = await say(ann, 'pond picture', { files: [(await ann.post('/files', form)).id] })
  const talk = await ann.post('/conversations', { people: [bob.id] })
  const said = (await ann.post(`/spaces/${talk.id}/entries`, { body: 'pond between us', kind: 'message' })).id
  await settled()
  const expected: [string, string[]][] = [
    [`${here} has:link`, [linked]], [`${here} has:image`, [picture]], [`${here} has:images is:thread`, [picture]], [`${here} is:reply`, [reply]], [`${here} is:thread`, [picture, head, linked]],
    [`${here} with:${eve.handle}`, [reply, head]], [`with:${bob.handle} from:me`, [said]], [`is:direct with:${bob.handle}`, [said]], [`${here} -with:${eve.handle}`, [picture, linked]],
    [`${here} on:today`, [picture, reply, head, linked]], [`${here} on:gestern`, []], [`${here} after:last week before:"5 days"`, []], [`${here} after:vorgestern`, [picture, reply, head, linked]],
    [`${here} is:unread`, [reply, head]],
  ]
  for (const [q, ids] of expected) expect([q, idsOf(await find(ann, `pond ${q}`))]).toEqual([q, ids])
  await ann.post(`/entries/${head}/read`)
  expect(idsOf(await find(ann, `${here} pond is:unread`))).toEqual([])
})

test('a typing error is mended by a word one may read, and by no other', async () => {
  const { ann, bob, eve, say, here, settled } = await setting()
  const id = await say(bob, 'The gripper of the carousel hums')
  const secret = await ann.post('/spaces', { name: 'Secret', purpose: 'x', visibility: 'secret' })
  const hidden = (await ann.post(`/spaces/${secret.id}/entries`, { body: 'The zeppelin and a grippier crane' })).id
  await settled()
  const answer = async (person: Client, q: string) => {
    const { items, instead, total } = await find(person, q)
    return [instead, total, idsOf({ items })]
  }
  expect(await answer(bob, `${here} griper hums`)).toEqual([`${here} gripper hums`, 1, [id]])
  expect(await answer(bob, `GRIPPERS carusel ${here}`)).toEqual([`gripper carousel ${here}`, 1, [id]])
  expect(marked((await find(bob, `${here} carousle`)).items[0])).toEqual(['carousel'])
  expect(await answer(bob, `${here} gripper`)).toEqual([null, 1, [id]])
  for (const q of [`${here} "griper"`, `${here} xylophone`, `${here} griper -gripper`]) expect(await answer(bob, q)).toEqual([null, 0, []])
  // What is written where one may not read is mended by nobody else's words, nor stands in the way of those one may read.
  expect(await answer(ann, 'zepelin')).toEqual(['zeppelin', 1, [hidden]])
  for (const person of [bob, eve]) expect(await answer(person, 'zepelin')).toEqual([null, 0, []])
  await ann.del(`/entries/${hidden}`)
  await bob.patch(`/entries/${id}`, { body: 'The carousel hums' })
  await settled()
  expect(await answer(ann, 'zepelin')).toEqual([null, 0, []])
  expect(await answer(bob, `${here} griper`)).toEqual([null, 0, []])
})

test('days begin where the one who asks lives', async () => {
  const { ann, bob, say, here, settled } = await setting()
  await say(bob, 'timely')
  await settled()
  const dayIn = (timeZone: string, days: number) => new Date(Date.now() + days * 86_400_000).toLocaleDateString('sv-SE', { timeZone })
  for (const time_zone of ['Pacific/Kiritimati', 'Pacific/Niue', 'Asia/Tokyo']) {
    await ann.patch('/me', { time_zone })
    expect((await find(ann, `${here} timely after:${dayIn(time_zone, -1)} before:${dayIn(time_zone, 1)}`)).total).toBe(1)
    expect((await find(ann, `${here} timely before:${dayIn(time_zone, 0)}`)).total).toBe(0)
  }
})

test('an edit, a removal and its undoing are followed', async () => {
  const { ann, bob, say, here, settled } = await setting()
  const id = await say(ann, 'before the flood')
  await ann.post(`/entries/${id}/replies`, { body: 'noted' })
  await ann.patch(`/entries/${id}`, { body: 'after the flood', title: 'Water' })
  await settled()
  expect(idsOf(await find(bob, `${here} before`))).toEqual([])
  expect(idsOf(await find(bob, `${here} water after flood`))).toEqual([id])
  await ann.del(`/entries/${id}`)
  // At once, also before the index has heard of it.
  for (const q of ['flood', 'before', `from:${ann.handle} -noted`]) expect(await find(bob, `${here} ${q}`)).toMatchObject({ items: [], next: null, total: 0 })
  await settled()
  expect((await find(bob, `${here} flood`)).total).toBe(0)
  await ann.post(`/entries/${id}/restore`)
  await settled()
  expect(idsOf(await find(bob, `${here} flood`))).toEqual([id])
})

test('what may not be read is not found, not counted, not suggested; also after leaving', async () => {
  const { ann, bob, eve, gina, olga, settled } = await setting()
  const word = `quartz${ann.id.slice(-6)}`
  const secret = await ann.post('/spaces', { name: `Secret ${word}`, purpose: 'x', visibility: 'secret' })
  const closed = await ann.post('/spaces', { name: `Closed ${word}`, purpose: 'x', visibility: 'closed' })
  await ann.put(`/spaces/${secret.id}/members/${bob.id}`, { role: 'member' })
  await ann.put(`/spaces/${closed.id}/members/${gina.id}`, { role: 'member' })
  const direct = await ann.post('/conversations', { people: [bob.id] })
  for (const space of [secret, closed, direct]) await ann.post(`/spaces/${space.id}/entries`, { body: `${word} #t${word}` })
  await settled()
  const total = async (person: Client, q = word) => (await find(person, q)).total
  expect([await total(ann), await total(bob), await total(gina), await total(eve), await total(olga)]).toEqual([3, 2, 1, 0, 0])
  const nothing = { items: [], next: null, total: 0 }
  for (const q of [word, `-zzz ${word}`, `from:${ann.handle} ${word}`, `"${word}"`, `after:2020-01-01 ${word}`]) expect(await find(eve, q)).toMatchObject(nothing)
  for (const q of ['"#', '']) expect(await eve.get(`/search/suggest?q=${encodeURIComponent(`${q}t${word}`)}`)).toEqual({ people: [], spaces: [], topics: [] })
  expect((await bob.get(`/search/suggest?q=t${word}`)).topics).toEqual([`t${word}`])
  expect((await bob.get(`/search/suggest?q=secret%20${word}`)).spaces).toMatchObject([{ id: secret.id, name: secret.name }])
  expect((await eve.get(`/search/suggest?q=${word}`)).spaces.map((space: Json) => space.id)).toEqual([closed.id])
  expect((await gina.get(`/search/suggest?q=${eve.handle}`)).people).toEqual([])
  expect((await ann.get(`/search/suggest?q=@${eve.handle}`)).people).toMatchObject([{ id: eve.id }])
  await bob.post(`/spaces/${secret.id}/leave`)
  expect(await total(bob)).toBe(1)
  expect((await bob.get(`/search/suggest?q=${word}`)).spaces.map((space: Json) => space.id)).toEqual([closed.id])
})

test('a secret space answers like one that does not exist, byte for byte', async () => {
  const { ann, bob, eve, say, settled } = await setting()
  const secret = await ann.post('/spaces', { name: 'Under the rose', purpose: 'x', visibility: 'secret' })
  const closed = await ann.post('/spaces', { name: 'Behind the door', purpose: 'x', visibility: 'closed' })
  for (const space of [secret, closed]) await ann.post(`/spaces/${space.id}/entries`, { body: 'a rose is a rose' })
  await say(bob, 'a rose elsewhere')
  await settled()
  const text = async (q: string) => (await fetch(`${eve.url}/api/v1/search?q=${encodeURIComponent(q)}`, { headers: { authorization: `Bearer ${eve.token}` } })).text()
  const missing = '01a2010f-841e-7000-b1be-62788d92349e'
  for (const space of [secret, closed]) for (const q of ['in:X', 'in:X rose', '-in:X rose', 'rose in:X from:me', `in:X from:${ann.handle}`])
    for (const [name, no] of [[space.id, missing], [`"${space.name}"`, '"No such space"']])
      {
        // What was asked stands in the answer.
        const answer = async (called: string) => (await text(q.replace('X', called))).replace(JSON.stringify(called.replaceAll('"', '')), 'X')
        expect(await answer(name)).toBe(await answer(no))
      }
})

test('a cursor is no key: it continues the asking person\'s own list', async () => {
  const { ann, bob, eve, team, settled } = await setting()
  const word = `pebble${ann.id.slice(-6)}`
  const closed = await ann.post('/spaces', { name: 'Inner', purpose: 'x', visibility: 'closed' })
  const ids: string[] = []
  for (let i = 0; i < 7; i++) ids.unshift((await ann.post(`/spaces/${i % 2 ? closed.id : team.id}/entries`, { body: `${word} ${i}` })).id)
  await settled()
  const pages = [await find(ann, word, '&limit=3')]
  while (pages.at(-1).next) pages.push(await find(ann, word, `&limit=3&before=${pages.at(-1).next}`))
  expect(pages.map(idsOf)).toEqual([ids.slice(0, 3), ids.slice(3, 6), ids.slice(6)])
  expect(pages.map((page) => page.total)).toEqual([7, 7, 7])
  expect(idsOf(await find(eve, word, `&limit=3&before=${pages[0].next}`))).toEqual(ids.slice(4).filter((_, i) => i % 2 === 0))
  expect((await find(bob, word, '&limit=1')).total).toBe(4)
  expect(await find(bob, word, '&before=x')).toMatchObject({ status: 422, code: 'bad_cursor' })
})

test('no query breaks anything, and none finds what it should not', async () => {
  const { ann, eve, team, say, settled } = await setting()
  const closed = await ann.post('/spaces', { name: 'Vault', purpose: 'x', visibility: 'closed' })
  await ann.post(`/spaces/${closed.id}/entries`, { body: 'canary-7319' })
  await say(ann, `100% of a_b c\\d 'e' & (f | !g) <-> h:* foo:bar`)
  await settled()
  const hostile = ['canary OR a', 'x OR canary', '(canary)', '"canary" | a', `in:${closed.id} OR a`, `in:Vault OR a`, '!x', '!!canary', 'a & b | !c', ':*', 'canary:*', '<->', 'a <2> b',
    '\'', '\'\'', '\\', '\\\'', '"', '""', '"canary', '-', '--', '-"', '-""', '%', '_', '%%%', 'c%7', 'canar_', '\u0000', 'a\u0000b', '\ufffd', ';--', '$1', '${x}', '{{}}',
    'from:', 'in:', 'before:', 'before:2024-13-45', 'after:99999-01-01', 'before:0000-00-00', 'has:', 'kind:notice', 'kind:x', 'from:"', 'in:"""', '-from:', ':', 'a:b:c', '*', '[a', '(?=a)', '\u202e',
    '\u200b', '　', ' '.repeat(390), '"'.repeat(399), 'a '.repeat(199), '-a '.repeat(133), 'ﷺ'.repeat(400), '👩‍👩‍👧'.repeat(40), '会'.repeat(400), 'in:a '.repeat(80), 'from:a '.repeat(57)]
  for (const q of hostile) {
    const answer = await find(eve, q)
    expect([q, answer.status ?? 200, JSON.stringify(answer.items ?? '').includes('7319')]).toEqual([q, 200, false])
  }
  for (const bytes of ['%ED%A0%80', '%00', '%FF', '%', 'a%2']) expect((await eve.get(`/search?q=${bytes}`)).status ?? 200).toBeLessThan(500)
  const literal: [string, boolean][] = [['100%', true], ['1%0', false], ['a_b', true], ['a_c', false], ['c\\d', true], ['\'e\'', true], ['(f', true], ['!g)', true], ['<->', true], ['h:*', true], ['foo:bar', true], ['foo:baz', false], ['&', true]]
  for (const [q, isThere] of literal) expect([q, (await find(eve, `in:${team.id} ${q}`)).total]).toEqual([q, isThere ? 1 : 0])
  expect(await find(eve, 'x'.repeat(401))).toMatchObject({ status: 422, code: 'invalid' })
  expect(await find(eve, 'x'.repeat(9000))).toMatchObject({ status: 422, code: 'invalid' })
  for (const q of ['', '   ', '""']) expect(await find(eve, q)).toMatchObject({ items: [], next: null, total: 0 })
})

test('search finds just what looking at every entry finds', async () => {
  const { ann, say, here, settled, config } = await setting()
  const letters = ['a', 'b', 'th', 'e', ' ', ' ', '会', '議', '室', 'の', 'ｱ', 'ア', 'ﾞ', 'Ａ', 'é', 'e\u0301', 'ß', '회', '의', '%', '_', '\\', '\'', '.', '-', '🎉', 'ﬁ', 'f', 'i', 'Σ', 'ς', '\n', 'İ', 'qz', '7']
  const text = fc.string({ unit: fc.constantFrom(...letters), minLength: 1, maxLength: 24 })
  const bodies = fc.sample(text, { numRuns: 120, seed: 7 }).filter((body) => body.trim())
  const said: { id: string; folded: string }[] = []
  for (const [i, body] of bodies.entries()) {
    // Marks of Markdown would make the words other than the body.
    const words = body.replace(/[\\_.\-\n]/g, i % 2 ? ' ' : '7')
    if (words.trim()) said.unshift({ id: await say(ann, words), folded: fold(words) })
  }
  await settled()
  const part = fc.integer({ min: 0, max: said.length - 1 }).chain((i) => fc.tuple(fc.nat(20), fc.integer({ min: 1, max: 4 })).map(([from, length]) => {
    const signs = [...said[i].folded]
    return signs.slice(from % signs.length, (from % signs.length) + length).join('')
  }))
  const query = fc.array(fc.oneof({ weight: 5, arbitrary: part }, text.map((t) => t.slice(0, 3).toWellFormed())), { minLength: 1, maxLength: 3 })
  await fc.assert(fc.asyncProperty(query, async (parts) => {
    const terms = parts.map((p) => fold(p.replaceAll('"', ''))).filter(Boolean)
    if (!terms.length) return
    const expected = said.filter(({ folded }) => terms.every((term) => folded.includes(term))).map(({ id }) => id)
    const answer = await find(ann, `${here} ${parts.map((p) => `"${p}"`).join(' ')}`, '&limit=100')
    expect(idsOf(answer)).toEqual(expected.slice(0, 100))
    expect(answer.total).toBe(expected.length)
  }), { numRuns: rounds(250) })
  const { host, close } = await openHost(config)
  expect(await checkSearch(host)).toMatchObject({ missing: 0, stale: 0, extra: 0 })
  await close()
}, 120_000)

test('the index can be checked and made anew from the entries', async () => {
  const { ann, say, here, settled, config } = await setting()
  const [kept, lost, wrong] = [await say(ann, 'one kettle'), await say(ann, 'two kettles'), await say(ann, 'three kettles')]
  await settled()
  const { host, close } = await openHost(config)
  await host.db.deleteFrom('entry_search').where('entry_id', '=', lost).execute()
  await host.db.updateTable('entry_search').set({ text: 'teapot' }).where('entry_id', '=', wrong).execute()
  await host.db.updateTable('entries').set({ state: 'removed' }).where('id', '=', kept).execute()
  expect(await checkSearch(host)).toMatchObject({ missing: 1, stale: 1, extra: 1 })
  expect(await reindex(host)).toMatchObject({ missing: 1, stale: 1, extra: 1 })
  expect(await checkSearch(host)).toMatchObject({ missing: 0, stale: 0, extra: 0 })
  await close()
  expect(idsOf(await find(ann, `${here} kettle`))).toEqual([wrong, lost])
})
