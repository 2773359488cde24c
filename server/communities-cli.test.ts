import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, describe, expect, test } from 'vitest'
import { karate, plantedPartition } from './kernel/graph/samples.ts'

const folder = mkdtempSync(join(tmpdir(), 'folkmoot-communities-'))
afterAll(() => rmSync(folder, { recursive: true }))

const write = (name: string, content: string | Buffer) => {
  writeFileSync(join(folder, name), content)
  return join(folder, name)
}

/** `folkmoot communities`, as on the command line, with no database that it could open. */
const communities = (...args: string[]) => new Promise<{ code: number; text: string; complaint: string }>((resolve) => {
  const env = { ...process.env, DATABASE_URL: 'postgres://nobody@localhost:1/none', FOLKMOOT_DATA: folder }
  const child = execFile(process.execPath, ['--disable-warning=ExperimentalWarning', 'server/cli.ts', 'communities', ...args], { env, maxBuffer: 1 << 28 },
    (_error, text, complaint) => resolve({ code: child.exitCode!, text, complaint }))
})
const find = async (...args: string[]) => JSON.parse((await communities(...args, '--json')).text)

const TRIANGLES = [['ann', 'bob'], ['bob', 'eve'], ['eve', 'ann'], ['uma', 'vic'], ['vic', 'wim'], ['wim', 'uma'], ['eve', 'uma']]
const triangles = { nodes: 6, edges: 7, self_loops: 0, communities: [['ann', 'bob', 'eve'], ['uma', 'vic', 'wim']] }
const joined = (sign: string) => TRIANGLES.map((pair) => pair.join(sign)).join('\n')

describe('folkmoot communities', () => {
  test('finds two triangles, whatever separates, compressed, with comments, column names and old line ends', async () => {
    const files = [
      write('blanks.txt', joined(' ')), write('tabs.tsv', `# people\n% of two circles\n\n${joined('\t')}\n`),
      write('commas.csv', `\uFEFFfrom,to\r\n${joined(', ').replaceAll('\n', '\r\n')}`), write('semicolons.txt.gz', gzipSync(`Sender;Recipient;EventDate\n${joined(';')}\n`)),
      write('quoted.csv', TRIANGLES.map((pair) => pair.map((id) => `"${id}"`).join(',')).join('\n')),
    ]
    for (const file of files) {
      const found = await find(file)
      expect(found, file).toMatchObject(triangles)
      expect(found.quality).toBeCloseTo(5 / 14, 12)
      expect(found.seconds + found.peak_mb).toBeGreaterThan(0)
    }
  })

  test('tells people in words, and programs in JSON', async () => {
    const { code, text } = await communities(write('words.txt', joined(' ')))
    expect(code).toBe(0)
    expect(text).toMatch(/^2 communities among 6 nodes and 7 ties, quality 0\.3571, /)
    expect(text).toContain('1. 3: ann, bob, eve\n')
  })

  test('counts a pair once, or as often as it is there, or adds up the weights; who is tied to themself alone is there too', async () => {
    const file = write('twice.csv', 'a,b,1\nb,a,3\nb,c,0.5\nd,d,9\n')
    expect(await find(file)).toMatchObject({ nodes: 4, edges: 2, self_loops: 1, communities: [['a', 'b', 'c'], ['d']] })
    const once = await find(file, '--objective', 'cpm', '--resolution', '0.9')
    expect(once.quality).toBeCloseTo(0.1, 9)
    expect((await find(file, '--count', '--objective', 'cpm', '--resolution', '0.9')).quality).toBeCloseTo(2 - 0.9, 9)
    expect((await find(file, '--weights', '--objective', 'cpm', '--resolution', '0.9')).quality).toBeCloseTo(4 - 0.9, 9)
  })

  test('finds smaller ones at a higher resolution, and the same again for the same seed', async () => {
    const file = write('seeds.txt', joined(' '))
    expect((await find(file, '--resolution', '5')).communities).toHaveLength(6)
    expect((await find(file, '--resolution', '0')).communities).toHaveLength(1)
    expect((await find(file, '--seed', '7')).communities).toEqual((await find(file, '--seed', '7')).communities)
  })

  test('names the line that is wrong, and ends with 1', async () => {
    const wrong = async (content: string | Buffer, ...args: string[]) => {
      const file = write('wrong.txt', content)
      const { code, text, complaint } = await communities(file, ...args, '--json')
      expect([code, JSON.parse(text)]).toEqual([1, { error: 'invalid', detail: complaint.trimEnd() }])
      return complaint.replace(`${file}: `, '').trimEnd()
    }
    expect(await wrong('a b\n\nc\n')).toBe('Line 3 names only one end; a tie is "from to".')
    expect(await wrong('a,b,1\na,c,much\n', '--weights')).toBe('Line 2 weighs "much"; a weight is a positive number.')
    expect(await wrong('a b 1\na c\n', '--weights')).toBe('Line 2 weighs nothing; a weight is a positive number.')
    expect(await wrong('a b 1\na c -2\n', '--weights')).toMatch(/^Line 2 weighs "-2"/)
    expect(await wrong('x'.repeat(3 << 20))).toBe('Line 1 is longer than a million characters; this is no list of ties.')
    expect(await wrong(gzipSync(joined(' ')).subarray(0, 30))).toMatch(/^It cannot be unpacked/)
    expect(await communities(join(folder, 'none.txt'))).toMatchObject({ code: 1, complaint: expect.stringContaining('There is no file') })
    expect(await communities(folder)).toMatchObject({ code: 1, complaint: expect.stringContaining('cannot be read as a file') })
  })

  test('says when chance does as well: where groups mix as good as freely, and not where there are some', async () => {
    const planted = (outside: number) => {
      const { from, to } = plantedPartition(200, 1200, { size: 20, outside })
      return write(`mixed-${outside}.txt`, Array.from(from, (a, i) => `${a} ${to[i]}`).join('\n'))
    }
    const mixed = await communities(planted(0.95))
    expect(mixed.text).toMatch(/\nNo better than chance: in 20 networks where everybody has as many ties, tied by lot, quality is 0\.\d{4} ± 0\.\d{4}\. These communities say nothing/)
    expect((await communities(planted(0.6))).text).toMatch(/\nBetter than chance: in 20 networks/)
    // So clear that nothing has to be tried.
    expect((await communities(planted(0.1))).text).toMatch(/\nChance alone would come to about 0\.\d{4}: there are communities here\./)
    const club = write('club.txt', Array.from(karate.from, (a, i) => `${a} ${karate.to[i]}`).join('\n'))
    expect((await find(club)).chance.is_better).toBe(true)
    expect((await find(write('triangles.txt', joined(' ')))).chance.is_better).toBe(true)
    // A star is as it is by the number of ties alone.
    expect((await find(write('star.txt', 'a b\na c\na d\na e'), '--resolution', '2')).chance.is_better).toBe(false)
  })

  test('names the format of a file that is no list of ties, and what it reads', async () => {
    const others = {
      GML: 'Creator "somebody"\ngraph\n[\n  directed 0\n', 'GraphML or GEXF': '<?xml version="1.0"?>\n<graphml>', DOT: 'digraph G {\n a -> b\n}', JSON: '{"nodes": []}', Pajek: '*Vertices 3\n', 'Matrix Market': '%%MatrixMarket matrix coordinate pattern symmetric\n3 3 2\n',
    }
    for (const [format, content] of Object.entries(others)) {
      const { code, complaint } = await communities(write('other.txt', content))
      expect(code, format).toBe(1)
      expect(complaint).toContain(`This looks like ${format}. What can be read is lists of ties, "from to [weight]" a line`)
    }
    for (const content of ['graph\n[\n node [ id 1 ]', '# made by hand\ngraph [\n']) expect((await communities(write('other.gml', content))).complaint).toContain('This looks like GML')
    expect(await find(write('names.txt', 'graph theory\ngraph drawing'))).toMatchObject({ nodes: 3, edges: 2 })
  })

  test('ends with 2 where it is asked wrongly', async () => {
    const file = write('asked.txt', joined(' '))
    const asked = [[], [file, '--seed', 'x'], [file, '--resolution', '-1'], [file, '--objective', 'beauty'], [file, '--weights', '--count']]
    for (const args of asked) expect((await communities(...args)).code, args.join(' ')).toBe(2)
  })

  test('has nothing to find in an empty file', async () => {
    expect(await find(write('empty.txt', ''))).toMatchObject({ nodes: 0, edges: 0, quality: 0, communities: [] })
  })

  test.skipIf(!existsSync('../shared/data/graph-enron-large'))('reads the e-mail of Enron as it was published', async () => {
    expect(await find('../shared/data/graph-enron-large/email-Enron.txt.gz')).toMatchObject({ nodes: 36_692, edges: 183_831 })
  })
})
