import pg from 'pg'
import { testConfig } from '../server/scene.ts'
import { type Home, House, insist, type Resident } from './house.ts'

/** Two servers, processes of their own, that are one network: each request goes to the other one than the request before. */
export class Pair implements Home {
  readonly houses: [House, House]
  readonly #env: Record<string, string>
  readonly #pool: pg.Pool
  readonly #drop: () => Promise<void>
  #turn = 0

  private constructor(houses: [House, House], env: Record<string, string>, drop: () => Promise<void>) {
    this.houses = houses
    this.#env = env
    this.#pool = new pg.Pool({ connectionString: env.DATABASE_URL, max: 2 })
    // The database is taken away with force when all is over.
    this.#pool.on('error', () => {}).on('connect', (client) => void client.on('error', () => {}))
    this.#drop = drop
  }

  /** Opens both; the first one leads. */
  static async open(env: Record<string, string> = {}): Promise<Pair> {
    const { config, drop } = await testConfig()
    const houses: [House, House] = [await House.open(), await House.open()]
    const pair = new Pair(houses, { DATABASE_URL: config.databaseUrl!, FOLKMOOT_DATA: config.data, ...env }, drop)
    for (const i of [0, 1] as const) await pair.start(i)
    return pair
  }

  get urls() {
    return this.houses.map(({ url }) => url)
  }

  start = (which: 0 | 1) => this.houses[which].start(this.#env)

  call: Home['call'] = (...request) => this.houses[this.#turn++ % 2].call(...request)

  insist: Home['insist'] = (...command) => insist(this, ...command)

  ask = async <Row extends object>(text: string, values: unknown[] = []): Promise<Row[]> => (await this.#pool.query(text, values)).rows

  populate = (handles: string[]): Promise<Resident[]> => this.houses[0].populate(handles)

  async close(): Promise<void> {
    for (const house of this.houses) await house.close()
    await this.#pool.end()
    await this.#drop()
  }
}
