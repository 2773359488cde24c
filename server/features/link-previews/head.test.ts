import { expect, test } from 'vitest'
import { readHead } from './head.ts'
import { ownEntry } from './policy.ts'

const read = (html: string | Buffer, charset: string | null = null) => readHead({ body: Buffer.from(html as string), charset, url: 'https://news.example/a/b' })

test('a head is read as pages write it', () => {
  expect(read(`<!doctype html><head><title>Plain</title><meta property="og:title" content="Soup &amp; bread"><meta name=description content='What  we
    eat'><meta property="og:site_name" content="News"><meta property="og:image" content="/soup.png"></head><body><title>no</title><meta property="og:title" content="late">`))
    .toEqual({ title: 'Soup & bread', description: 'What we eat', site: 'News', picture: 'https://news.example/soup.png' })
  expect(read('<title>Only <b>this</b> &lt;one&gt;</title><svg><title>Icon</title></svg>')).toMatchObject({ title: 'Only <b>this</b> <one>', description: '', site: '', picture: null })
  expect(read('<meta name="twitter:title" content="Bird"><meta name="twitter:image" content="//cdn.example/x.png">')).toMatchObject({ title: 'Bird', picture: 'https://cdn.example/x.png' })
  for (const nothing of ['', '<p>no head</p>', '<title>  </title>', '<body><title>x</title></body>', '<meta property="og:title" content="\u202e\u200b">']) expect(read(nothing), nothing).toBeNull()
})

test('what a page says is a line without tricks, and no longer than fits', () => {
  expect(read('<title>invoice\u202egpj.exe\n\nnow\u0000</title>')!.title).toBe('invoicegpj.exe now')
  const long = read(`<title>${'word '.repeat(1000)}</title><meta name=description content="${'👩‍👩‍👧‍👦'.repeat(400)}">`)!
  expect([long.title.length <= 200, long.title.endsWith('…'), long.description.length <= 300, long.description.endsWith('👦…')]).toEqual([true, true, true, true])
  expect(read(`<title>x</title><meta property="og:image" content="javascript:alert(1)">`)!.picture).toBe('javascript:alert(1)')
  expect(read(`<title>x</title><meta property="og:image" content="https://a.example/${'x'.repeat(3000)}">`)!.picture).toBeNull()
})

test('it is read in the letters it was written in', () => {
  const latin = Buffer.from('<head><meta charset="iso-8859-1"><title>Gr\xfc\xdfe</title>', 'latin1')
  expect([read(latin)!.title, read(Buffer.from('<title>Gr\xfc\xdfe</title>', 'latin1'), 'windows-1252')!.title]).toEqual(['Grüße', 'Grüße'])
  expect(read('<title>Grüße 電解液</title>', 'no-such-charset')!.title).toBe('Grüße 電解液')
  expect(read('<title>Grüße</title>')!.title).toBe('Grüße')
})

test('heads without end or sense are read in no time', () => {
  const begun = performance.now()
  for (const html of ['<meta '.repeat(150_000), `<title>${'<'.repeat(500_000)}`, '<meta property="a" content="b">'.repeat(30_000), '<!--'.repeat(200_000), `<meta content="${'&amp'.repeat(200_000)}`, '<a b="'.repeat(150_000)]) read(html)
  expect(performance.now() - begun).toBeLessThan(3000)
})

test('which addresses lead to entries of our own', () => {
  const id = '01a2010f-841e-7000-b1be-62788d92349e'
  const at = (address: string) => ownEntry(new URL(address), 'https://talk.example')
  for (const own of [`/e/${id}`, `/spaces/${id}?thread=${id}`, `/messages/x?thread=${id.toUpperCase()}`, `/?thread=${id}`]) expect(at(`https://talk.example${own}`)).toBe(id)
  for (const other of [`https://elsewhere.example/e/${id}`, `http://talk.example/e/${id}`, 'https://talk.example/e/x', `https://talk.example/spaces/${id}`, `https://talk.example/e/${id}/more`]) expect(at(other)).toBeNull()
})
