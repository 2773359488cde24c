import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type pg from 'pg'
import { importSlack } from '../server/features/slack-import/commands.ts'
import type { Host } from '../server/kernel/context.ts'
import { type Line, rateLine } from './measure.ts'

const CHANNELS = 20
const DAYS = 50
const A_DAY = 30
const MESSAGES = CHANNELS * DAYS * A_DAY

/** An export in Slack's layout: every third message begins a thread that the next two answer; some are reacted to. */
function makeExport(folder: string): void {
  const users = Array.from({ length: 200 }, (_, i) => ({ id: `U${1000 + i}`, name: `slacker${i}`, profile: { real_name: `Slacker ${i}`, email: `s${i}@bench.example` } }))
  const channels = Array.from({ length: CHANNELS }, (_, i) => ({ id: `C${1000 + i}`, name: `bench-${i}`, created: 1700000000, members: users.slice(0, 60).map((u) => u.id) }))
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'users.json'), JSON.stringify(users))
  writeFileSync(join(folder, 'channels.json'), JSON.stringify(channels))
  for (const [c, channel] of channels.entries()) {
    mkdirSync(join(folder, channel.name))
    for (let day = 0; day < DAYS; day++) {
      const began = 1700006400 + day * 86400
      const messages = Array.from({ length: A_DAY }, (_, i) => {
        const head = `${began + (i - (i % 3)) * 60}.${String(100000 + c)}`
        return {
          type: 'message', user: users[(i * 7 + day) % 200].id, ts: `${began + i * 60}.${String(100000 + c)}`, thread_ts: head,
          text: `Message ${i} of day ${day}: the *filler* of <@${users[i % 200].id}> is clean, see <https://example.org/${i}|the log> :eyes:`,
          ...(i % 4 === 0 && { reactions: [{ name: '+1', users: [users[1].id, users[2].id], count: 2 }] }),
        }
      })
      writeFileSync(join(folder, channel.name, `${new Date(began * 1000).toISOString().slice(0, 10)}.json`), JSON.stringify(messages))
    }
  }
}

/** Importing a Slack export beside bare inserts of as many rows, 500 a statement. */
export async function measureImport(host: Host, client: pg.Client, dir: string): Promise<Line> {
  const folder = join(dir, 'slack')
  makeExport(folder)
  await client.query('create table bench_rows (id uuid primary key, body text, at timestamptz)')
  let began = performance.now()
  for (let i = 0; i < MESSAGES; i += 500) {
    const ids = Array.from({ length: 500 }, () => crypto.randomUUID())
    await client.query('insert into bench_rows select id, $2, now() from unnest($1::uuid[]) id', [ids, 'Message 7 of day 7: the *filler* is clean, see the log'])
  }
  const raw = MESSAGES / ((performance.now() - began) / 1000)
  await client.query('drop table bench_rows')
  began = performance.now()
  await importSlack(host, folder)
  return rateLine(`import, ${MESSAGES.toLocaleString('en')} Slack messages`, MESSAGES / ((performance.now() - began) / 1000), raw, 'bare rows, 500 an insert', '>= 3000/s')
}
