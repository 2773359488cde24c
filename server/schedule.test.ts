import { expect, test } from 'vitest'
import { scene } from './scene.ts'
import { schedule } from './schedule.ts'

const run = async (name: string, host: Awaited<ReturnType<typeof scene>>['host']) => schedule.find(({ job }) => job.name === name)!.job.run(host, {})

test('a day after an entry was removed its words are nowhere any more, and what else was said is where it was', async () => {
  const { ann, team, host, settled } = await scene()
  const entry = await ann.post(`/spaces/${team.id}/entries`, { body: 'quittenbrot' }, { 'idempotency-key': 'removed' })
  await ann.post(`/spaces/${team.id}/entries`, { body: 'hagebuttenmus' }, { 'idempotency-key': 'kept' })
  await ann.del(`/entries/${entry.id}`)
  await settled()
  const { rows: tables } = await host.pool.query(`select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')`)
  const places = async (word: string) => {
    const found = await Promise.all(tables.map(async ({ name }) => ((await host.pool.query(`select from "${name}" t where t::text like $1`, [`%${word}%`])).rowCount ? [name] : [])))
    return found.flat().toSorted()
  }
  const everywhere = await places('hagebuttenmus')
  await run('forget-removed', host)
  // It can still be brought back; of the answer to the command nothing is kept but whose it was.
  expect(await places('quittenbrot')).toEqual(['entry_versions'])

  await host.pool.query(`update removals set removed_at = removed_at - interval '25 hours'`)
  await run('forget-removed', host)
  expect(await places('quittenbrot')).toEqual([])
  expect(await places('hagebuttenmus')).toEqual(everywhere)
})
