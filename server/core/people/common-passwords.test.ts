import { expect, test } from 'vitest'
import { isCommonPassword } from './common-passwords.ts'

test.each(['password', 'Passw0rd', 'P@ssw0rd1!', 'passwort2026', 'Geheim123!', '12345678', '123456789', '87654321', '11111111', 'aaaaaaaa', 'abcd1234', 'abcabcabc', 'qwertz123', 'qwerty!!', '1q2w3e4r',
  '1qaz2wsx', 'iloveyou', 'ILoveYou2!', 'letmein1', 'Welcome1', 'Willkommen1!', 'sunshine', 'football7', 'fussball', 'superman99', 'Sommer2024', 'passwordpassword', '19901231', 'trustno1', 'asdfghjkl', 'zxcvbnm1',
  'Schätzi2020!', 'fc-bayern1900'.slice(3), 'monkey12', 'Admin123', 'changeme'])('%s is among the first that anybody tries', (password) => {
  expect(isCommonPassword(password)).toBe(true)
})

test.each(['correct horse', 'correct horse battery', 'battery staple', 'another horse', 'try the company', 'kT9#vmQ2x', 'Regen über Graz', 'sieben blaue kisten', 'tresor-hafen-birne', '739105628841', '雨が降る駅の前で', 'x7Ꝣ-ølme-q'])('%s is not', (password) => {
  expect(isCommonPassword(password)).toBe(false)
})

test('the names of the person and of the network are no passwords', () => {
  const about = ['Ána Kovač', 'ana.kovac', 'ana.kovac@northwind.example', 'Northwind Gmbh']
  for (const password of ['kovac2026', 'Ana.Kovac1', 'Northwind!1', 'n0rthwind99', 'anakovac']) expect([password, isCommonPassword(password, about)]).toEqual([password, true])
  for (const password of ['kovac likes rain', 'wind from the north']) expect([password, isCommonPassword(password, about)]).toEqual([password, false])
})
