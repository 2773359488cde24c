import { readFileSync, realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { importsOf, isCode, listFiles } from './imports.mjs'

// Keeps the boundaries that ARCHITECTURE.md draws: who may import whom, no cycles, content read only through the
// visibility predicate, requests to other servers only through one door, no HTML put into pages by hand.
// `node bin/boundaries.mjs [folder]`

const isTest = path => /\.test\.tsx?$/.test(path) || /^(test|bench)\/|^server\/scene\.ts$/.test(path)
const featureOf = path => path.match(/^(?:server|web)\/features\/([^/]+)\//)?.[1]
const layerOf = path => path.match(/^(?:server|web)\/(kernel|core|features|locales)\//)?.[1] ?? 'top'

/** Why `path` may not import `target`, or nothing. */
function refuse(path, { target, type }) {
  const [side, from, to] = [path.split('/')[0], layerOf(path), layerOf(target)]
  if (side === 'web' && target.startsWith('server/'))
    return type || /\/(policy|events|schema)\.ts$|^server\/kernel\/(text[\w-]*|clock)\.ts$/.test(target)
      ? null
      : 'the web takes from the server only types, policy.ts, events.ts, schema.ts, kernel/text and kernel/clock'
  if (side === 'server' && target.startsWith('web/')) return 'the server takes nothing from the web'
  if (!target.startsWith(`${side}/`)) return null
  if (from === 'top' || to === 'locales') return null
  if (to === 'top') return `${from} takes nothing from the files that assemble the whole`
  if (from === 'kernel' && to !== 'kernel') return 'kernel takes only from kernel'
  if (from === 'core' && to === 'features') return 'core takes only from kernel and core'
  if (from !== 'features' || to !== 'features' || featureOf(path) === featureOf(target)) return null
  if (side === 'web') return 'a feature takes nothing from another; what two need belongs to core or kernel'
  return target.endsWith('/events.ts') ? null : 'a feature takes from another feature only its events.ts'
}

const tables = '(entries|entry_versions|entry_search|spaces|events)'
const builder = new RegExp(`(selectFrom|[jJ]oin)\\(\\s*\\[?\\s*['"\`]${tables}\\b(?!\\.)`)
const raw = new RegExp(`(?<!delete )\\b(from|join)\\s+(lateral\\s+)?${tables}\\b(?!['"./])`, 'i')
const reason = /(\/\/|--|\/\*)\s*(not content|visible):\s*\S/
const prose = /^\s*(\*|\/\/|\/\*)/

// The words of a schema step stay as they were when it was taken.
const standing = /\bstate'?,?\s*('(=|<>|!=|in)',|<>|!=|(?<![=!])=(?!=)|\bin\b)\s*[([]?\s*'(deactivated|imported)'|\b(p|people|person|persons|who|writer|author)\.state'?,?\s*('(=|<>)',|<>|=(?!=))\s*'active'/
const ownsStanding = path => /^server\/core\/people\/|\/(schema|counts)\.ts$/.test(path)

// The door itself, the bucket that the configuration names, our own address, and the PostgreSQL that comes along.
const doors = ['server/kernel/fetcher.ts', 'server/kernel/s3.ts', 'server/features/setup/tries.ts', 'server/kernel/postgres-cluster.ts']
const asks = [
  /(?<![.\w])(globalThis\.)?fetch\(/,
  /\bimport\b(?!\s+type\b)[^'"]*\b(request|get|Agent|globalAgent|ClientRequest|connect|createConnection)\b[^'"]*['"](node:)?(https?|http2|net|tls)['"]/,
  /\bimport\s+(?!type\b)(\w+|\*\s*as\s+\w+)\s*(,[^'"]*)?from\s*['"](node:)?(https?|http2|net|tls)['"]/,
  /\bimport\(\s*['"](node:)?(https?|http2|net|tls)['"]|['"](undici|axios|got|node-fetch)['"]/,
]

/** Faults that a single line shows. */
function refuseLine(path, line, before) {
  if (prose.test(line)) return null
  if (path !== 'web/kernel/entities.ts' && /\b(dangerouslySet|inner|outer)(Inner)?HTML\b|\binsertAdjacentHTML\b/.test(line))
    return 'no HTML is put into a page by hand'
  if (!path.startsWith('server/')) return null
  if (!doors.includes(path) && asks.some(way => way.test(line)))
    return 'requests to other servers go through kernel/fetcher.ts'
  if (!ownsStanding(path) && standing.test(line) && !/(\/\/|--)\s*standing:\s*\S/.test(line + before))
    return 'who takes part is asked in core/people/taking-part.ts; else say `// standing:` and why'
  const owned = ['core', 'kernel'].includes(layerOf(path))
  if (!owned && (builder.test(line) || raw.test(line)) && !reason.test(line) && !reason.test(before))
    return 'content is read through the visibility predicate; else say `// visible:` or `// not content:` and why'
  return null
}

/** The first circle of imports that each file is part of, told once: also of types, and of files that come later, for nobody can read one of them alone. */
function findCycles(graph) {
  const [done, cycles] = [new Set(), []]
  const visit = (path, trail) => {
    if (trail.includes(path)) cycles.push([...trail.slice(trail.indexOf(path)), path])
    if (trail.includes(path) || done.has(path)) return
    for (const target of graph.get(path) ?? []) visit(target, [...trail, path])
    done.add(path)
  }
  for (const path of graph.keys()) visit(path, [])
  return cycles
}

/** The faults of the sources in `root`, each as `path:line why`. */
export function findFaults(root) {
  const [faults, graph] = [[], new Map()]
  for (const path of ['server', 'web', 'test', 'bench'].flatMap(folder => listFiles(root, folder)).filter(isCode)) {
    const text = readFileSync(join(root, path), 'utf8')
    const imports = importsOf(root, path, text)
    graph.set(path, imports.map(found => found.target))
    if (isTest(path)) continue
    for (const found of imports) {
      const why = refuse(path, found)
      if (why) faults.push(`${path}:${found.line} imports ${found.target}: ${why}`)
    }
    text.split('\n').forEach((line, index, lines) => {
      const why = refuseLine(path, line, lines[index - 1] ?? '')
      if (why) faults.push(`${path}:${index + 1} ${why}`)
    })
  }
  const circles = findCycles(graph).map(cycle => `${cycle[0]}:1 imports itself in the end: ${cycle.join(' → ')}`)
  return [...faults, ...circles]
}

const self = fileURLToPath(import.meta.url)
if (process.argv[1] && realpathSync(process.argv[1]) === self) {
  const faults = findFaults(process.argv[2] ?? dirname(dirname(self)))
  for (const fault of faults) process.stdout.write(`${fault}\n`)
  process.exitCode = faults.length ? 1 : 0
}
