import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'
import { afterAll, expect, test } from 'vitest'
import { openHost } from '../../host.ts'
import { inTransaction, SYSTEM } from '../../kernel/context.ts'
import { deliverLetter, forgetLetters, sendLetter } from '../../kernel/letters.ts'
import { makeMailer } from '../../kernel/mail.ts'
import { scene, testConfig } from '../../scene.ts'
import { startFolkmoot } from '../../start.ts'

const stops: (() => unknown)[] = []
afterAll(async () => {
  for (const stop of stops.reverse()) await stop()
})

/** A mail server that takes in what it gets; the first `refusals` letters it turns away for now. */
async function mailServer(refusals = 0) {
  const letters: { to: string[]; raw: string }[] = []
  let left = refusals
  const server = new SMTPServer({
    authOptional: true, disabledCommands: ['STARTTLS'], logger: false,
    onRcptTo: (_address, _session, done) =>
      (left-- > 0 ? done(Object.assign(new Error('later'), { responseCode: 451 })) : done()),
    onData: (stream, session, done) => {
      const chunks: Buffer[] = []
      stream.on('data', (chunk) => chunks.push(chunk))
      stream.on('end', () => {
        letters.push({ to: session.envelope.rcptTo.map((r) => r.address), raw: Buffer.concat(chunks).toString() })
        done()
      })
    },
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  stops.push(() => new Promise<void>((resolve) => server.close(() => resolve())))
  return { url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`, letters }
}

test('without a mail server, letters wait where administrators can read them', async () => {
  const { olga, ann, config } = await scene()
  const { host, close } = await openHost(config)
  for (const subject of ['one', 'two'])
    await inTransaction(host, SYSTEM, (ctx) => sendLetter(ctx, { to: 'zoe@x.example', subject, text: 'Hello' }))
  const page = await olga.get('/mailbox?limit=1')
  expect(page.items).toMatchObject([{ to: 'zoe@x.example', subject: 'two', text: 'Hello' }])
  expect((await olga.get(`/mailbox?limit=1&before=${page.next}`)).items).toMatchObject([{ subject: 'one' }])
  expect(await ann.get('/mailbox')).toMatchObject({ status: 403, code: 'admins_only' })
  await host.db.updateTable('letters').set({ created_at: '2020-01-01T00:00:00Z' })
    .where('subject', '=', 'one').execute()
  await forgetLetters.run(host, {})
  expect((await olga.get('/mailbox')).items).toHaveLength(1)
  await close()
})

test('with a mail server a letter arrives once, also when the server was busy at first', async () => {
  const mail = await mailServer(1)
  const { config, drop } = await testConfig({ SMTP_URL: mail.url, MAIL_FROM: 'Acme <acme@x.example>' })
  stops.push(drop)
  const running = await startFolkmoot(config)
  stops.push(running.stop)
  const { host, close } = await openHost(config)
  const write = (subject: string) =>
    inTransaction(host, SYSTEM, (ctx) => sendLetter(ctx, { to: 'zoe@x.example', subject, text: 'Grüße\n.\nend' }))
  const id = await write('Kommt später')
  await inTransaction(host, SYSTEM, async (ctx) => {
    await sendLetter(ctx, { to: 'zoe@x.example', subject: 'never', text: '' })
    throw new Error('changed my mind')
  }).catch(() => {})
  const find = () => host.db.selectFrom('letters').select('sent_at').where('id', '=', id).executeTakeFirstOrThrow()
  await expect.poll(async () => (await find()).sent_at, { timeout: 25_000 }).toBeTruthy()
  await deliverLetter.run(host, { id })
  expect(mail.letters).toHaveLength(1)
  expect(mail.letters[0].to).toEqual(['zoe@x.example'])
  expect(mail.letters[0].raw).toContain(`Message-ID: <${id}@localhost>`)
  expect(mail.letters[0].raw).toMatch(/^From: Acme <acme@x.example>/m)
  // Nothing secret stays in our table once it is out.
  expect(await host.db.selectFrom('letters').select(['subject', 'text']).execute())
    .toEqual([{ subject: 'Kommt später', text: '' }])
  await close()
}, 60_000)

test('a letter that was sent just before a crash goes out again under the same Message-ID', async () => {
  const mail = await mailServer()
  const { deliver } = makeMailer({ smtpUrl: mail.url, mailFrom: 'a@x.example', url: 'https://moot.example' })
  for (let i = 0; i < 2; i++) await deliver({ id: '01', to: 'zoe@x.example', subject: 's', text: 't' })
  const ids = mail.letters.map(({ raw }) => /^Message-ID: (.*)$/im.exec(raw)![1].trim())
  expect(ids).toEqual(['<01@moot.example>', '<01@moot.example>'])
})
