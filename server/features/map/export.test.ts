import { expect, test } from 'vitest'
import { toGexf, toGraphml } from './export.ts'

const region = (id: string, label: string, parent: string | null, x: number) =>
  ({ id, label, words: ['cells', 'glass'], space: null, people: 8, parent, x, y: 1.25, r: 0.5, within: [1, null, 3] })
const map = {
  months: ['2026-09', '2026-10'],
  regions: [region('r1', 'Ann & "Bob" <x>', null, 0), region('r2', '', 'r1', 2.5), region('r3', '日本\u0001語', 'r1', -1)],
  links: [{ a: 'r1', b: 'r2', strength: [0, 1, 4], against_chance: 2 }, { a: 'r2', b: 'r3', strength: [0, 1, 2], against_chance: 0 }],
} as unknown as Parameters<typeof toGexf>[0]

const all = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, ...groups]) => groups)

test('the GEXF file is of the version that NetworkX and Gephi read, and whatever it refers to is declared', () => {
  const text = toGexf(map)
  // The reader of NetworkX looks for this very namespace and version, and refuses all others.
  expect(text).toContain('<gexf xmlns="http://www.gexf.net/1.2draft" xmlns:viz="http://www.gexf.net/1.2draft/viz" version="1.2">')
  expect(text).toContain('<graph mode="static" defaultedgetype="undirected">')
  for (const [on, part] of [['node', /<nodes>([^]*)<\/nodes>/], ['edge', /<edges>([^]*)<\/edges>/]] as const) {
    const [[declared]] = all(text, new RegExp(`<attributes class="${on}" mode="static">(.*)</attributes>`, 'g'))
    const types = new Map(all(declared, /<attribute id="([^"]+)" title="[^"]+" type="(string|integer)"\/>/g) as [string, string][])
    expect(types.size).toBe(all(declared, /(<attribute )/g).length)
    const values = all(part.exec(text)![1], /<attvalue for="([^"]+)" value="([^"]*)"\/>/g)
    expect(values.length).toBeGreaterThan(5)
    for (const [name, value] of values) expect(`${types.get(name)} ${value}`, name).toMatch(/^(integer -?\d+|string .*)$/)
  }
  const nodes = all(text, /<node id="([^"]+)" label="([^"]+)">/g)
  expect(nodes).toEqual([['r1', 'Ann &#38; &#34;Bob&#34; &#60;x&#62;'], ['r2', 'cells, glass'], ['r3', '日本語']])
  expect(all(text, /<edge id="(\d+)" source="(\w+)" target="(\w+)" weight="(\d)">/g)).toEqual([['0', 'r1', 'r2', '4'], ['1', 'r2', 'r3', '2']])
})

test('the GraphML file declares what it says of nodes and edges, each with its type', () => {
  const text = toGraphml(map)
  expect(text).toContain('<graphml xmlns="http://graphml.graphdrawing.org/xmlns">')
  const keys = new Map(all(text, /<key id="([^"]+)" for="(?:node|edge)" attr.name="[^"]+" attr.type="(string|int|double)"\/>/g) as [string, string][])
  const values = all(text, /<data key="([^"]+)">([^<]*)<\/data>/g)
  expect(values.length).toBeGreaterThan(20)
  for (const [key, value] of values) expect(`${keys.get(key)} ${value}`, key).toMatch(/^(int -?\d+|double -?[\d.]+|string .*)$/)
})
