import { existsSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, vi } from 'vitest'
import { addPerson, setPassword } from '../../server/core/people/commands.ts'
import { nameNetwork } from '../../server/features/setup/network.ts'
import { openHost } from '../../server/host.ts'
import type { Config } from '../../server/kernel/config.ts'
import { inTransaction, type Role, SCOPES, SYSTEM } from '../../server/kernel/context.ts'
import { type Client, type Json, makeClient, testConfig } from '../../server/scene.ts'
import { type Running, startFolkmoot } from '../../server/start.ts'
import { noteRequest } from '../canaries.ts'
import { openChromium } from './chromium.ts'
import { Watch } from './watch.ts'

export const PASSWORD = 'correct horse battery'

/** How a browser looks at the page: 1440 × 900, light, English, and without the moment in which what was sent can be taken back, unless said otherwise. */
export type Look = { width?: number; height?: number; dark?: boolean; language?: string; undo?: boolean }

/** Somebody of the network: an API client, and browsers they are signed in with. */
export type Player = Client & { name: string; open: (path?: string, look?: Look) => Promise<Page>; device: (look?: Look) => Promise<BrowserContext> }

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 })

/**
 * A server with a network of its own and one Chromium, for the tests of a file; call it at the top of the file.
 * After each test everything that went wrong in a page fails it: errors, refused content, dialogs, broken requests.
 * @param env settings of the server
 */
export function useStage({ env = {}, isEmpty = false }: { env?: Record<string, string>; isEmpty?: boolean } = {}) {
  const stage = new Stage()
  beforeAll(() => stage.raise(env, isEmpty))
  afterEach(({ task }) => stage.clear(task.result?.state === 'fail' ? task.name : null))
  afterAll(() => stage.strike())
  return stage
}

class Stage {
  running!: Running
  config!: Config
  #browser!: Browser
  #drop = async () => {}
  #contexts: BrowserContext[] = []
  #watch = new Watch()
  #serial = 0

  get url() {
    return this.running.url
  }

  async raise(env: Record<string, string>, isEmpty: boolean) {
    requireWeb()
    const { config, drop } = await testConfig(env)
    Object.assign(this, { config })
    this.#drop = drop
    if (!isEmpty) await this.#asSystem((ctx) => nameNetwork(ctx, 'Acme'))
    ;[this.running, this.#browser] = await Promise.all([startFolkmoot(config), openChromium()])
  }

  async clear(failed: string | null) {
    if (failed) await this.#keepPictures(failed)
    for (const context of this.#contexts.splice(0)) await context.close()
    expect(this.#watch.takeAll(), 'what went wrong in the pages').toEqual([])
  }

  async strike() {
    await this.#browser?.close()
    await this.running?.stop()
    await this.#drop()
  }

  /** Stops the server; whoever is connected loses it. */
  stop = () => this.running.stop()

  /** Starts it again at the same address. */
  async start() {
    this.running = await startFolkmoot({ ...this.config, port: this.running.port })
  }

  /** Nobody's words are kept until the answered function is called: what is shown for a moment can be looked at. */
  async holdWriting(): Promise<() => Promise<void>> {
    const client = new pg.Client(this.config.databaseUrl!)
    await client.connect()
    await client.query('begin; lock table entries in share mode')
    return () => client.end()
  }

  /** Console errors that fit are part of this test. */
  expectTrouble = (pattern: RegExp) => this.#watch.forgive(pattern)

  /** A browser of its own, signed in as nobody. */
  async browser({ width = 1440, height = 900, dark = false, language = 'en-GB', undo = false }: Look = {}): Promise<BrowserContext> {
    const context = await this.#browser.newContext({
      baseURL: this.url, viewport: { width, height }, colorScheme: dark ? 'dark' : 'light', locale: language, timezoneId: 'Europe/Vienna',
      reducedMotion: 'reduce', hasTouch: width < 600, permissions: ['clipboard-read', 'clipboard-write'],
    })
    context.setDefaultTimeout(30_000)
    if (!undo) await context.addInitScript(() => location.origin !== 'null' && localStorage.setItem('folkmoot.undo', 'off'))
    await this.#watch.over(context)
    context.on('request', (request) => noteRequest(request.url(), request.postData()))
    this.#contexts.push(context)
    return context
  }

  /**
   * People who are new in the network, by first name: `const { ann, bob } = await stage.people({ ann: 'member', bob: 'guest' })`.
   * Each has a password and a handle of their own.
   */
  async people<Names extends string>(roles: Record<Names, Role>): Promise<Record<Names, Player>> {
    const n = ++this.#serial
    const players: Record<string, Player> = {}
    for (const [key, role] of Object.entries<Role>(roles)) {
      const [name, handle] = [`${key[0].toUpperCase()}${key.slice(1)} ${n}`, `${key}${n}`]
      const { id, token } = await this.#asSystem(async (ctx) => {
        const person = await addPerson(ctx, { name, handle, email: `${handle}@acme.example`, role, kind: 'person', token: true, scopes: [...SCOPES] })
        await setPassword(ctx, person.id, PASSWORD)
        return person as { id: string; token: string }
      })
      players[key] = this.player(name, await makeClient(this.url, { id, token, handle }))
    }
    return players as Record<Names, Player>
  }

  /** Ann hosts an open space, `team`, of which Bob is a member; Eve belongs to the network alone. */
  async team() {
    const people = await this.people({ ann: 'member', bob: 'member', eve: 'member' })
    const team: Json = await people.ann.post('/spaces', { name: `Team ${this.#serial}`, purpose: 'Work together', visibility: 'open' })
    await people.bob.post(`/spaces/${team.id}/join`)
    return { ...people, team }
  }

  player(name: string, client: Client): Player {
    let own: BrowserContext | undefined
    const device = async (look?: Look) => {
      const context = await this.browser(look)
      await signIn(context, client.handle)
      return context
    }
    const open = async (path = '/', look?: Look) => {
      if (look) own = undefined
      own = this.#contexts.includes(own!) ? own! : await device(look)
      const page = await own.newPage()
      await page.goto(path)
      return page
    }
    return Object.assign(client, { name, device, open })
  }

  // PICTURES=folder keeps what the pages showed when a test failed.
  async #keepPictures(test: string) {
    const folder = process.env.PICTURES
    if (!folder) return
    for (const [at, page] of this.#contexts.flatMap((context) => context.pages()).entries())
      await page.screenshot({ path: join(folder, `${test.replace(/\W+/g, '-').slice(0, 60)}-${at}.png`), timeout: 5000 }).catch(() => {})
  }

  async #asSystem<T>(work: Parameters<typeof inTransaction<T>>[2]): Promise<T> {
    const { host, close } = await openHost(this.config)
    return inTransaction(host, SYSTEM, work).finally(close)
  }
}

/** Lets a browser in, by the API; cookies are kept as after the form. */
export async function signIn(context: BrowserContext, login: string, password = PASSWORD) {
  const answer = await context.request.post('/api/v1/sessions', { data: { login, password } })
  if (!answer.ok()) throw new Error(`${login} could not sign in: ${answer.status()} ${await answer.text()}`)
}

function requireWeb() {
  const page = join(import.meta.dirname, '..', '..', 'dist', 'web', 'index.html')
  if (!existsSync(page)) throw new Error('The web app is not built, so there is nothing to look at: run `npm test`, or `npx vite build` before.')
}
