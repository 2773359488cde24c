import { expect, test } from 'vitest'
import { type Client, type Json, lettersTo as readLetters, scene, signedIn } from '../../scene.ts'
import { forgetEmailChanges } from './email-changes.ts'

const over = { status: 404, code: 'link_over' }

async function begin() {
  const all = await scene()
  const [ann, bob] = [await signedIn(all.ann), await signedIn(all.bob)]
  const old = `${all.ann.handle}@x.example`
  const fresh = `${all.ann.handle}@new.example`
  /** The letters to an address, the newest first, as an administrator finds them in the development mailbox. */
  const lettersTo = async (to: string): Promise<Json[]> => (await all.olga.get('/mailbox?limit=100')).items.filter((letter: Json) => letter.to === to)
  const tokenTo = async (to: string) => /\/confirm-email\/([\w-]+)/.exec((await readLetters(all.config, to))[0].text)![1]
  const confirm = (person: Client, token: string) => person.post('/me/email/confirm', { token })
  return { ...all, ann, bob, old, fresh, lettersTo, tokenTo, confirm }
}

test('another address takes effect when its mailbox confirms it, and the old one hears of it', async () => {
  const { ann, bob, olga, old, fresh, lettersTo, tokenTo, confirm } = await begin()
  expect(await ann.patch('/me', { email: fresh, title: 'Potter' })).toMatchObject({ email: old, email_pending: fresh, title: 'Potter' })
  expect(await ann.get('/me')).toMatchObject({ email: old, email_pending: fresh })
  expect(JSON.stringify([await olga.get(`/people/${ann.id}`), await bob.get(`/people/${ann.id}`)])).not.toContain(fresh)
  expect(await lettersTo(fresh)).toMatchObject([{ subject: 'Confirm your address at Acme', text: expect.stringContaining(`@${ann.handle}`) }])
  expect(await lettersTo(old)).toMatchObject([{ subject: 'Your account at Acme was changed', text: expect.stringContaining('another e-mail address') }])
  expect(JSON.stringify(await lettersTo(fresh))).not.toContain('fme_')

  const live = await ann.live()
  const token = await tokenTo(fresh)
  expect(await confirm(ann, token)).toMatchObject({ email: fresh, email_pending: null })
  await live.until((e) => e.type === 'person.changed')
  expect(await ann.get('/me')).toMatchObject({ email: fresh, email_pending: null })
  expect((await lettersTo(old))[0]).toMatchObject({ subject: 'Your address at Acme was changed', text: expect.stringContaining(fresh) })
  expect(await confirm(ann, token)).toMatchObject(over)
})

test('a link is for its person, once, for a day, and only the newest one', async () => {
  const { ann, eve, host, old, fresh, tokenTo, confirm } = await begin()
  await ann.patch('/me', { email: fresh })
  const first = await tokenTo(fresh)
  expect(await confirm(eve, first)).toMatchObject(over)
  expect(await confirm(ann, 'fme_guess')).toMatchObject(over)
  await ann.patch('/me', { email: fresh })
  expect(await confirm(ann, first)).toMatchObject(over)
  // The secret is in the letter and nowhere else.
  const second = await tokenTo(fresh)
  expect(JSON.stringify(await host.db.selectFrom('email_changes').selectAll().where('person_id', '=', ann.id).execute())).not.toContain(second)

  // The address one has takes back what one asked for.
  expect(await ann.patch('/me', { email: old })).toMatchObject({ email: old, email_pending: null })
  expect(await confirm(ann, second)).toMatchObject(over)

  await ann.patch('/me', { email: fresh })
  const third = await tokenTo(fresh)
  await host.db.updateTable('email_changes').set({ created_at: new Date(Date.now() - 25 * 3_600_000).toISOString() }).where('person_id', '=', ann.id).execute()
  expect(await ann.get('/me')).toMatchObject({ email: old, email_pending: null })
  expect(await confirm(ann, third)).toMatchObject(over)
  await forgetEmailChanges.run(host, {})
  expect(await host.db.selectFrom('email_changes').select('email').where('person_id', '=', ann.id).execute()).toEqual([])

  await ann.patch('/me', { email: fresh })
  const answers = await Promise.all([1, 2, 3].map(async () => confirm(ann, await tokenTo(fresh))))
  expect(answers.map((answer) => answer.code ?? answer.email).sort()).toEqual([fresh, 'link_over', 'link_over'].sort())
})

test('who has an address is learnt by its mailbox only', async () => {
  const { ann, bob, tokenTo, confirm, old } = await begin()
  const bobs = `${bob.handle}@x.example`
  expect(await ann.patch('/me', { email: bobs.toUpperCase() })).toMatchObject({ email: old, email_pending: bobs.toUpperCase() })
  expect(await confirm(ann, await tokenTo(bobs.toUpperCase()))).toMatchObject({ status: 409, code: 'email_taken' })
  expect(await ann.get('/me')).toMatchObject({ email: old })
})

test('five letters a day go to one mailbox, however it is written', async () => {
  const { ann, bob, fresh, lettersTo } = await begin()
  for (let i = 0; i < 5; i++) expect(await ann.patch('/me', { email: fresh })).toMatchObject({ email_pending: fresh })
  for (const again of [fresh, fresh.replace('@', '+x@').toUpperCase()])
    expect(await ann.patch('/me', { email: again })).toMatchObject({ status: 429, code: 'too_many_letters', retry_after: expect.any(Number) })
  expect(await ann.get('/me')).toMatchObject({ email_pending: fresh })
  expect(await lettersTo(fresh)).toHaveLength(5)
  expect(await bob.patch('/me', { email: `${bob.handle}@new.example` })).toMatchObject({ email_pending: `${bob.handle}@new.example` })
})

test('the letters speak the language of who asks', async () => {
  const { ann, old, fresh, lettersTo, tokenTo } = await begin()
  const german = { 'accept-language': 'de-AT, en;q=0.5' }
  await fetch(`${ann.url}/api/v1/me`, {
    method: 'PATCH', body: JSON.stringify({ email: fresh }), headers: { ...german, cookie: ann.cookie!, 'content-type': 'application/json' },
  })
  expect(await lettersTo(fresh)).toMatchObject([{ subject: 'Bestätige deine Adresse bei Acme' }])
  await ann.post('/me/email/confirm', { token: await tokenTo(fresh) }, german)
  expect((await lettersTo(old))[0]).toMatchObject({ subject: 'Deine Adresse bei Acme wurde geändert' })
})
