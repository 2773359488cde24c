import type { Link, Region } from './schema.ts'

type Whole = { regions: Region[]; links: Link[]; months: string[] }
type Kind = 'string' | 'int'
type Field<T> = { id: string; title: string; kind: Kind; of: (item: T) => string | number | null }

const SCALE = 10

/** What stands for each region, in both formats. */
const regionFields = (months: string[]): Field<Region>[] => [
  { id: 'people', title: 'people, at least', kind: 'int', of: (region) => region.people },
  { id: 'parent', title: 'within', kind: 'string', of: (region) => region.parent ?? '' },
  ...[...months, 'now'].map((month, i): Field<Region> => ({ id: `within_${month}`, title: `stays among them, fifths, ${month}`, kind: 'int', of: (region) => region.within[i] })),
]
const linkFields = (months: string[]): Field<Link>[] => [
  ...[...months, 'now'].map((month, i): Field<Link> => ({ id: `strength_${month}`, title: `strength 0-4, ${month}`, kind: 'int', of: (link) => link.strength[i] })),
  { id: 'against_chance', title: 'against chance', kind: 'int', of: (link) => link.against_chance },
]

const nameOfRegion = ({ label, words, space, people }: Region): string => label || space?.name || words.join(', ') || `${people}+`

/**
 * GEXF 1.2 (www.gexf.net/1.2draft), which Gephi and NetworkX read in all their versions; 1.3 has two names, of which NetworkX
 * knows one. Regions with their place and size, links with their strength now.
 */
export function toGexf({ regions, links, months }: Whole): string {
  const [ofRegion, ofLink] = [regionFields(months), linkFields(months)]
  const declare = <T>(fields: Field<T>[], on: string) =>
    `<attributes class="${on}" mode="static">${fields.map(({ id, title, kind }) => `<attribute id="${xml(id)}" title="${xml(title)}" type="${kind === 'int' ? 'integer' : 'string'}"/>`).join('')}</attributes>`
  const values = <T>(fields: Field<T>[], item: T) =>
    `<attvalues>${fields.flatMap(({ id, of }) => (of(item) === null ? [] : `<attvalue for="${xml(id)}" value="${xml(of(item))}"/>`)).join('')}</attvalues>`
  return `<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://www.gexf.net/1.2draft" xmlns:viz="http://www.gexf.net/1.2draft/viz" version="1.2">
<graph mode="static" defaultedgetype="undirected">
${declare(ofRegion, 'node')}
${declare(ofLink, 'edge')}
<nodes>
${regions.map((region) => `<node id="${region.id}" label="${xml(nameOfRegion(region))}">${values(ofRegion, region)}<viz:position x="${SCALE * region.x}" y="${SCALE * region.y}" z="0"/><viz:size value="${SCALE * region.r}"/></node>`).join('\n')}
</nodes>
<edges>
${links.map((link, i) => `<edge id="${i}" source="${link.a}" target="${link.b}" weight="${link.strength.at(-1)}">${values(ofLink, link)}</edge>`).join('\n')}
</edges>
</graph>
</gexf>
`
}

/** GraphML 1.0 (graphml.graphdrawing.org), with the same. */
export function toGraphml({ regions, links, months }: Whole): string {
  const place: Field<Region>[] = (['x', 'y', 'r'] as const).map((id) => ({ id, title: id, kind: 'string', of: (region) => region[id] }))
  const name: Field<Region> = { id: 'label', title: 'label', kind: 'string', of: nameOfRegion }
  const [ofRegion, ofLink] = [[name, ...regionFields(months), ...place], linkFields(months)]
  const declare = <T>(fields: Field<T>[], on: string) =>
    fields.map(({ id, title, kind }) => `<key id="${xml(`${on}_${id}`)}" for="${on}" attr.name="${xml(title)}" attr.type="${'xyr'.includes(id) ? 'double' : kind}"/>`).join('\n')
  const values = <T>(fields: Field<T>[], on: string, item: T) =>
    fields.flatMap(({ id, of }) => (of(item) === null ? [] : `<data key="${xml(`${on}_${id}`)}">${xml(of(item))}</data>`)).join('')
  return `<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
${declare(ofRegion, 'node')}
${declare(ofLink, 'edge')}
<graph edgedefault="undirected">
${regions.map((region) => `<node id="${region.id}">${values(ofRegion, 'node', region)}</node>`).join('\n')}
${links.map((link) => `<edge source="${link.a}" target="${link.b}">${values(ofLink, 'edge', link)}</edge>`).join('\n')}
</graph>
</graphml>
`
}

/** Text within XML, without the characters that XML 1.0 has no way to write. */
const xml = (value: string | number | null): string =>
  String(value).replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '').replace(/[<>&"']/g, (sign) => `&#${sign.codePointAt(0)};`)
