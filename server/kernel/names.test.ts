import { expect, test } from 'vitest'
import { cleanName, line, lines, printable } from './names.ts'

test.each(['Zoë Müller', 'Nguyễn Văn Ánh', 'می‌خواهم', 'क्‍ष', 'ശ്രീ', 'ന്‍', 'مُحَمَّد', 'שָׁלוֹם', '山田　太郎', '葛󠄀城', 'คุณปู่', 'ကြွယ့်', 'བསྒྲུབས',
  'Ann 👩‍👩‍👧', '❤️ Team', '👩🏽‍🚀', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', '1️⃣ First', '🇦🇹 Wien', 'O’Neill–Smith', '٣ خط', 'x²'])('%s is a name', (name) => {
  const composed = name.normalize('NFC')
  expect(line(100).parse(name)).toBe(composed)
  expect(cleanName(name)).toBe(composed)
})

test.each([['200b'], ['3164'], ['202e'], ['2060'], ['2066'], ['115f'], ['ffa0'], ['00ad'], ['034f'], ['feff'], ['200d'], ['200c'], ['fe0f'], ['2800'], ['e0041'], ['e0101'], ['e000']])('U+%s goes', (hex) => {
  const sign = String.fromCodePoint(Number.parseInt(hex, 16))
  expect(line(100).parse(`Ol${sign}ga${sign}`)).toBe('Olga')
  expect(line(100).min(1).safeParse(sign.repeat(3)).success).toBe(false)
  expect(cleanName(`${sign}Olga`)).toBe('Olga')
})

test.each(['\u0000', '\u0007', '\u001b[2J', '\u009b', '\u0085', '\n', '\u2028'])('a control sign is refused where somebody gives it, and gone where it is imported: %j', (sign) => {
  expect(line(100).safeParse(`Ol${sign}ga`).success).toBe(false)
  expect(cleanName(`Ol${sign}ga`)).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u)
})

test('accents do not pile up', () => {
  expect(cleanName(`Z${'\u0335'.repeat(99)}algo`)).toBe(`Z${'\u0335'.repeat(4)}algo`)
  expect(cleanName('\u0301\u0301')).toBe('')
})

test('several lines stay several', () => expect(lines(100).parse(' One\n\u202etwo ')).toBe('One\ntwo'))

test('a terminal is told nothing by a name', () => {
  expect(printable('a\u009b2J\u202eb\u001b[1m\n\tc')).toBe('a\\u009b2J\\u202eb\\u001b[1m\n\tc')
  expect(JSON.parse(printable(JSON.stringify({ name: 'a\u202e\u009b' })))).toEqual({ name: 'a\u202e\u009b' })
})
