import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, expect, test } from 'vitest'

const { findFaults } = (await import(new URL('../bin/boundaries.mjs', import.meta.url).href)) as {
  findFaults(root: string): string[]
}
const trees: string[] = []
afterEach(() => trees.splice(0).forEach(tree => rmSync(tree, { recursive: true })))

/** What the checker says about a made-up tree of files. */
const faultsOf = (files: Record<string, string>) => {
  const root = mkdtempSync(join(tmpdir(), 'folkmoot-boundaries-'))
  trees.push(root)
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  return findFaults(root)
}

test('the allowed directions pass', () => {
  expect(faultsOf({
    'server/app.ts': `import { a } from './features/a/routes.ts'\nimport './core/people/routes.ts'`,
    'server/kernel/db.ts': `import { Dialect } from './compiler.ts'\nimport pg from 'pg'`,
    'server/core/people/routes.ts': `import { db } from '../../kernel/db.ts'\nimport { x } from '../spaces/queries.ts'`,
    'server/core/spaces/queries.ts': `ctx.db.selectFrom('spaces')`,
    'server/features/a/routes.ts': `import { db } from '../../kernel/db.ts'\nimport { bDone } from '../b/events.ts'`,
    'server/features/a/a.test.ts': `import { x } from '../b/commands.ts'\nawait fetch('/x')\nbox.innerHTML = ''`,
    'web/features/a/A.tsx': `import { canA } from '../../../server/features/a/policy.ts'
      import type { Row } from '../../../server/features/a/queries.ts'
      import { type Other } from '../../../server/features/a/queries.ts'
      import { render } from '../../../server/kernel/text.ts'
      import { api } from '../../kernel/api.ts'`,
  })).toEqual([])
})

test.each([
  ['server/kernel/a.ts', `import { x } from '../core/people/queries.ts'`],
  ['server/kernel/a.ts', `import { x } from '../app.ts'`],
  ['server/kernel/a.ts', `import type { Tables } from '../app.ts'`],
  ['server/core/people/a.ts', `import {\n  x,\n} from '../../features/a/events.ts'`],
  ['server/core/people/a.ts', `const x = await import('../../features/a/events.ts')`],
  ['server/features/a/a.ts', `import { x } from '../b/queries.ts'`],
  ['server/features/a/a.ts', `import type { X } from '../b/schema.ts'`],
  ['server/features/a/a.ts', `export { x } from '../b/schema.ts'`],
  ['server/features/a/a.ts', `import { x } from '../../app.ts'`],
  ['server/features/a/a.ts', `import { x } from '../../../web/kernel/api.ts'`],
  ['web/kernel/a.ts', `import { x } from '../core/people/Card.tsx'`],
  ['web/core/people/a.ts', `import { x } from '../../features/a/A.tsx'`],
  ['web/features/a/a.ts', `import { x } from '../b/B.tsx'`],
  ['web/features/a/a.ts', `import { x } from '../../../server/features/a/commands.ts'`],
])('%s may not hold: %s', (path, text) => {
  expect(faultsOf({ [path]: text })).toEqual([expect.stringContaining(path)])
})

test.each([
  `db.selectFrom('entries').selectAll()`,
  `query.innerJoin('spaces as s', 's.id', 'x.space_id')`,
  'sql`select * from entries e where true`',
  'sql`select 1 from x join lateral events on true`',
])('a feature reads content only through the predicate: %s', line => {
  const path = 'server/features/a/queries.ts'
  expect(faultsOf({ [path]: line })).toHaveLength(1)
  expect(faultsOf({ [path]: `${line} // visible: the caller has checked the space` })).toEqual([])
  expect(faultsOf({ [path]: `// not content: counts for the operator\n${line}` })).toEqual([])
  expect(faultsOf({ [path]: `${line} // visible:` })).toHaveLength(1)
  expect(faultsOf({ 'server/core/entries/queries.ts': line })).toEqual([])
})

test.each([
  `query.where('people.state', '<>', 'deactivated')`,
  `query.where('state', '=', 'imported')`,
  'sql`select count(*) from people p where p.state <> \'deactivated\'`',
  'sql`join people p on p.id = m.person_id and p.state = \'active\'`',
])('who takes part is said in one place: %s', line => {
  const path = 'server/features/a/queries.ts'
  expect(faultsOf({ [path]: line })).toEqual([expect.stringContaining('taking-part.ts')])
  expect(faultsOf({ [path]: `${line} // standing: imported people are what is asked for` })).toEqual([])
  expect(faultsOf({ 'server/core/people/taking-part.ts': line })).toEqual([])
  expect(faultsOf({ [path]: `if (person.state === 'deactivated') query.where('spaces.state', '=', 'active')` })).toEqual([])
})

test('only the fetcher speaks to other servers, and nobody writes HTML', () => {
  const ask = `const answer = await fetch('https://example.com')`
  expect(faultsOf({ 'server/kernel/fetcher.ts': ask, 'web/kernel/api.ts': ask })).toEqual([])
  expect(faultsOf({ 'server/kernel/mail.ts': ask })).toHaveLength(1)
  for (const other of [`import { request } from 'node:http'`, `import { type Server, get as fetchIt } from 'https'`, `import http from 'node:http'`, `import * as tls from 'node:tls'`, `import { connect } from 'node:net'`,
    `const { request } = await import('node:http')`, `import { Agent } from 'undici'`]) expect([other, faultsOf({ 'server/features/a/a.ts': other }).length]).toEqual([other, 1])
  for (const fine of [`import type { IncomingMessage } from 'node:http'`, `import { createServer, type RequestListener } from 'node:http'`, `import { isIP } from 'node:net'`]) expect(faultsOf({ 'server/kernel/a.ts': fine })).toEqual([])
  expect(faultsOf({ 'web/core/a.tsx': `<p dangerouslySetInnerHTML={{ __html: x }} />` })).toHaveLength(1)
  expect(faultsOf({ 'web/core/a.ts': 'box.innerHTML = x' })).toHaveLength(1)
})

test.each([
  `import { b } from '../b/b.ts'`,
  `import type { B } from '../b/b.ts'`,
  `const later = () => import('../b/b.ts')`,
])('a circle of imports is found: %s', line => {
  const back = `import { a } from '../a/a.ts'`
  expect(faultsOf({ 'server/core/a/a.ts': line, 'server/core/b/b.ts': back })).toEqual([expect.stringContaining('imports itself')])
  expect(faultsOf({ 'server/core/a/a.ts': line, 'server/core/b/b.ts': '' })).toEqual([])
})
