import { type Command, Option } from 'commander'
import { registerImports } from './core/imports/cli.ts'
import { addPerson, createToken, setPassword } from './core/people/commands.ts'
import { checkNumbers } from './core/check.ts'
import { findNetwork } from './core/people/queries.ts'
import { PersonInput, Scopes } from './core/people/schema.ts'
import { isHere } from './core/people/taking-part.ts'
import { fillDemo, removeDemo } from './features/demo/commands.ts'
import { FillInput } from './features/demo/schema.ts'
import { checkContents, describeFlaws } from './features/files/check.ts'
import { checkSearch, reindex } from './features/search/commands.ts'
import { registerMailbox } from './features/mailbox/cli.ts'
import { isEmpty, nameNetwork } from './features/setup/network.ts'
import { registerTiesImport } from './features/ties-import/cli.ts'
import { readConfig } from './kernel/config.ts'
import { type Host, inTransaction, SCOPES, SYSTEM } from './kernel/context.ts'
import { Refusal } from './kernel/errors.ts'
import { cleanName } from './kernel/names.ts'
import { registerBackup } from './backup-cli.ts'
import { openHost } from './host.ts'
import { VERSION } from './server.ts'

/** Runs a command against the network of this configuration and closes everything behind it. */
async function withHost<T>(work: (host: Host) => Promise<T>, { isMigrated = true } = {}): Promise<T> {
  const config = readConfig()
  const { host, close } = await openHost({ ...config, logLevel: process.env.LOG_LEVEL ? config.logLevel : 'error' }, { isMigrated })
  return work(host).finally(close)
}

type Means = {
  /** answers a program in JSON and a person in words */
  answer: (result: unknown, words: string) => void
  say: (text: string) => void
  asJson: () => boolean
  /** what a command ends with that found something wrong */
  found: number
}

const scopeOption = () =>
  new Option('--scope <scope...>', 'what the token may do, one or more; an administrator has their power only with `admin`, and gives it to others only with `grant`')
    .choices(SCOPES).default(['read', 'write'])

/** Adds the commands that look after a network. */
export function registerNetwork(program: Command, { answer, say, asJson, found: somethingFound }: Means): void {
  program.version(VERSION)

  const person = program.command('person').description('people of the network')
  person.command('add').description('add a person; the first one of a network becomes its owner')
    .requiredOption('--name <name>', 'as people call them').requiredOption('--handle <handle>', 'letters a–z, digits, . _ -')
    .option('--email <address>').addOption(new Option('--role <role>').choices(['owner', 'admin', 'member', 'guest']))
    .option('--bot', 'a program, not a person').option('--password <password>', 'lets them sign in with it').option('--token', 'print an API token and nothing else')
    .addOption(scopeOption())
    .action(async ({ token = false, bot, password, scope: scopes, ...given }) => {
      const result = await withHost((host) => inTransaction(host, SYSTEM, async (ctx) => {
        const role = given.role ?? ((await isEmpty(ctx)) ? 'owner' : 'member')
        const parsed = PersonInput.safeParse({ ...given, role, token, scopes, kind: bot ? 'bot' : 'person' })
        if (!parsed.success) throw new Refusal(422, 'invalid', parsed.error.issues.map((i) => `--${i.path.join('.')} ${i.message}`).join('\n'))
        if (!(await findNetwork(ctx))) await nameNetwork(ctx, 'Folkmoot')
        const added = await addPerson(ctx, parsed.data)
        if (password) await setPassword(ctx, added.id, password)
        return added as typeof added & { token?: string }
      }))
      if (token && !asJson()) say(result.token!)
      else answer(result, `${result.name} (@${result.handle}) is here now, as ${result.role}.`)
    })

  program.command('token').description('API tokens').command('create').description('make an API token for a person; prints it and nothing else')
    .requiredOption('--handle <handle>').option('--name <name>', 'what it is for', 'command line')
    .addOption(scopeOption())
    .action(async ({ handle, name, scope: scopes }) => {
      const made = await withHost((host) => inTransaction(host, SYSTEM, async (ctx) => {
        const owner = await ctx.db.selectFrom('people').select(['id', 'role']).where('handle', '=', handle.replace(/^@/, '')).where(isHere()).executeTakeFirst()
        if (!owner) throw new Refusal(404, 'not_found', `Nobody here is called @${handle}.`)
        return createToken({ ...ctx, actor: { ...owner, session: null } }, { name: cleanName(name).slice(0, 60) || 'command line', scopes: Scopes.parse(scopes) })
      }))
      answer(made, made.token)
    })

  registerBackup(program, { withHost, answer, found: somethingFound })

  program.command('check').description('find numbers that do not fit what they count, and stored files that are missing or damaged')
    .option('--repair', 'set the numbers right')
    .action(async ({ repair = false }) => {
      const { found, files } = await withHost(async (host) => {
        const { missing, stale, extra } = repair ? await reindex(host) : await checkSearch(host)
        const numbers = [...(await checkNumbers(host.db, repair)), { name: 'search index', wrong: missing + stale + extra, repaired: repair }]
        const files = { name: 'stored files', repaired: false, ...(await checkContents(host)) }
        return { found: [...numbers, files], files }
      })
      const lines = found.map((f) => `${f.name}: ${f.wrong === 0 ? 'right' : `${f.wrong} wrong${f.repaired ? ', set right' : ''}`}`)
      answer({ found }, [...lines, ...describeFlaws(files)].join('\n'))
      if (found.some((f) => f.wrong && !f.repaired)) process.exitCode = somethingFound
    })

  program.command('demo').description('fill the network with an invented company for trying out, or remove it again')
    .option('--password <password>', 'lets you sign in as any of its people, such as haruka or tomaz').option('--remove', 'take it out again')
    .option('--force', 'with --remove: also when your own people wrote in it')
    .action(async ({ remove = false, force = false, password }) => {
      const parsed = FillInput.safeParse({ password })
      if (!parsed.success) throw new Refusal(422, 'invalid', `--password ${parsed.error.issues[0].message}`)
      const state = await withHost((host) => inTransaction(host, SYSTEM, (ctx) => (remove ? removeDemo(ctx, { force }) : fillDemo(ctx, parsed.data))))
      const door = state.handles.length ? ' Sign in as any of them with that password, for example as haruka.' : ''
      answer(state, remove ? 'The sample company is gone.' : `The sample company is here: ${state.people} people, ${state.spaces} spaces, ${state.threads} threads with ${state.replies} replies.${door}`)
    })

  registerMailbox(program, { withHost, answer })
  registerImports(program, { withHost, answer })
  registerTiesImport(program, { withHost, answer })
}
