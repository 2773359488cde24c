import sharp from 'sharp'
import { expect, test } from 'vitest'
import { said } from '../../../test/slack-archives.ts'
import { base, entriesOf, finished, send, spaceOf, workspace } from '../../../test/slack-scene.ts'
import { type Json, scene } from '../../scene.ts'

const png = await sharp({ create: { width: 50, height: 50, channels: 4, background: '#36a64f' } }).png().toBuffer()

test('emoji that lie in the archive come along, and the report names those that do not', async () => {
  const { olga, ann } = await scene()
  const w = workspace()
  const [mine, other, odd] = [`blob${w.room}`, `gone${w.room}`, `odd${w.room}`]
  const files = {
    ...base(w), [`emoji/${mine}.png`]: png, 'emoji/tada.png': png, [`emoji/${odd}.gif`]: 'no picture',
    [`${w.room}/2023-11-15.json`]: [said('1700090001.000100', w.u(1), `Well :${mine}: and :${other}: and :tada:`, { reactions: [{ name: mine, users: [w.u(2)] }, { name: other, users: [w.u(2)] }] })],
  }
  const job = await finished(olga, (await send(files, olga)).id)
  const lost = (code: string) => job.report.losses.find((one: Json) => one.code === code)
  expect([job.state, lost('own_emoji'), lost('refused_emoji'), lost('other_files')]).toMatchObject(['done', { count: 1, examples: [`:${other}:`] }, { count: 1, examples: [`:${odd}:`] }, undefined])
  const list: Json[] = (await ann.get('/emoji?limit=100')).items
  expect(list.filter(({ name }) => name.endsWith(w.room)).map(({ name, by }) => [name, by])).toEqual([[mine, olga.id]])
  expect(list.map(({ name }) => name)).not.toContain('tada')
  const space = await spaceOf(ann, w.room)
  const entry = (await entriesOf(ann, space.id)).find((one: Json) => one.body.startsWith('Well'))
  expect([entry.body, entry.reactions.map(({ emoji }: Json) => emoji)]).toEqual([`Well :${mine}: and :${other}: and 🎉`, [`:${mine}:`, `:${other}:`]])
  // A second time nothing is brought twice.
  expect((await finished(olga, (await send(files, olga)).id)).state).toBe('done')
  expect((await ann.get('/emoji?limit=100')).items).toHaveLength(list.length)
})
