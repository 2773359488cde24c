import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'

/** Ties as pairs, and which group each node is known to be in. */
export type Sample = { pairs: ArrayLike<number>; groups?: ReadonlyMap<string, number> }

const DATA = process.env.BENCH_GRAPHS ?? '../shared/data'

const FILES: [string, string, (path: string) => Sample][] = [
  ['karate', 'graph-small-sanity/karate.gml', readGml], ['football', 'graph-small-sanity/football.gml', readGml],
  ['arenas-email', 'graph-small-sanity/arenas-email.gml', readGml], ['email-eu-core', 'graph-email-eu-core/email-Eu-core.txt', readPairs],
  ['college-msg', 'graph-college-msg/CollegeMsg.txt.gz', readPairs], ['enron', 'graph-enron-large/email-Enron.txt.gz', readPairs],
  ['manufacturing-email', 'graph-manufacturing-email/communication.csv.gz', readPairs],
]

/** The real networks that are here, each read when asked for; from the folder BENCH_GRAPHS, where it is set. */
export const realGraphs = (): [string, () => Sample][] =>
  FILES.filter(([, path]) => existsSync(join(DATA, path))).map(([name, path, read]) => [name, () => read(join(DATA, path))])

function readGml(path: string): Sample {
  const text = readFileSync(path, 'utf8')
  const groups = new Map(text.matchAll(/node\s*\[\s*id (\d+)[^\]]*?\bgt (\d+)/g).map(([, id, g]) => [id, Number(g)]))
  return { pairs: [...text.matchAll(/source\s+(\d+)\s+target\s+(\d+)/g)].flatMap(([, a, b]) => [Number(a), Number(b)]), groups: groups.size ? groups : undefined }
}

function readPairs(path: string): Sample {
  const bytes = readFileSync(path)
  const text = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString()
  const labels = path.replace('.txt', '-department-labels.txt')
  return {
    pairs: [...text.matchAll(/^(\d+)[\s;,]+(\d+)/gm)].flatMap(([, a, b]) => [Number(a), Number(b)]),
    groups: labels !== path && existsSync(labels) ? new Map(readFileSync(labels, 'utf8').trim().split('\n').map((line) => line.split(/\s+/)).map(([id, g]) => [id, Number(g)])) : undefined,
  }
}
