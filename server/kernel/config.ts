import { existsSync, readFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { join, resolve } from 'node:path'
import { parseEnv } from 'node:util'
import { z } from 'zod'
import { type Exception, readException } from './foreign-addresses.ts'

const port = z.coerce.number().int().min(0).max(65535)
const url = (...schemes: string[]) =>
  z.string().refine((text) => schemes.some((scheme) => URL.canParse(text) && text.startsWith(`${scheme}:`)),
    { message: `must be an address that begins with ${schemes.map((s) => `${s}://`).join(' or ')}` })

/** `reply=2,reaction=0`: numbers by name. */
const numbers = z.string().regex(/^\s*[a-z]+\s*=\s*\d+(\.\d+)?\s*(,\s*[a-z]+\s*=\s*\d+(\.\d+)?\s*)*$/, { message: 'must look like reply=2,reaction=0.2' })
  .transform((text) => Object.fromEntries(text.split(',').map((part) => part.split('=')).map(([name, value]) => [name.trim(), Number(value)])))

/** `127.0.0.1, 10.0.0.0/8`: addresses and networks. */
const addresses = z.string().transform((text) => text.split(/[\s,]+/).filter(Boolean))
  .refine((list) => list.every(isNetwork), { message: 'must be addresses or networks such as 127.0.0.1,10.0.0.0/8' })

function isNetwork(text: string): boolean {
  const [address, bits, ...more] = text.split('/')
  const most = { 4: 32, 6: 128 }[isIP(address)] ?? -1
  return most > 0 && !more.length && (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= most))
}

/** `wiki.intern, 10.1.0.0/16`: what lies inside and may be fetched from all the same. */
const exceptions = z.string().transform((text) => text.split(/[\s,]+/).filter(Boolean).map(readException))
  .refine((list): list is Exception[] => !list.includes(null), { message: 'must be names, addresses or networks, with a port where it is not 80 or 443, such as wiki.intern:8080,10.1.0.0/16' })

function isBucket(text: string): boolean {
  const address = URL.canParse(text) ? new URL(text) : null
  return Boolean(address?.username && address.password && address.pathname.length > 1)
}

const Settings = z.object({
  PORT: port.default(8400),
  HOST: z.string().min(1).default('127.0.0.1'),
  FOLKMOOT_URL: url('http', 'https').optional(),
  FOLKMOOT_DATA: z.string().min(1).default('./data'),
  DATABASE_URL: url('postgres', 'postgresql').optional(),
  POOL: z.coerce.number().int().min(10).max(500).default(20),
  NATS_URL: url('nats', 'tls').optional(),
  SMTP_URL: url('smtp', 'smtps').optional(),
  MAIL_FROM: z.string().min(3).default('Folkmoot <folkmoot@localhost>'),
  LOG_LEVEL: z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('info'),
  LOG_FILE: z.string().min(1).optional(),
  TRUSTED_PROXIES: addresses.default([]),
  FETCH_FROM: exceptions.default([]),
  REQUESTS_PER_MINUTE: z.coerce.number().int().min(60).default(6000),
  CONNECTIONS: z.coerce.number().int().min(1).default(10_000),
  CONNECTIONS_PER_ADDRESS: z.coerce.number().int().min(1).default(2000),
  CONNECTIONS_PER_PERSON: z.coerce.number().int().min(1).default(100),
  BODY_PATIENCE_SECONDS: z.coerce.number().min(0.1).max(45).default(30),
  METRICS_TOKEN: z.string().min(16).optional(),
  S3_URL: url('http', 'https').refine(isBucket, { message: 'must look like https://KEY:SECRET@HOST/BUCKET?region=REGION' }).optional(),
  MAX_FILE_MB: z.coerce.number().min(1).max(2000).default(50),
  UPLOAD_MB_PER_DAY: z.coerce.number().min(1).default(2000),
  UPLOAD_MB_WAITING: z.coerce.number().min(1).default(1000),
  STORE_GB: z.coerce.number().min(0).optional(),
  KEEP_FREE_MB: z.coerce.number().min(0).default(200),
  BACKUP_DIR: z.string().min(1).optional(),
  BACKUPS_KEPT: z.coerce.number().int().min(1).max(1000).default(7),
  MAX_IMPORT_MB: z.coerce.number().min(1).default(4000),
  TIE_WEIGHTS: numbers.default({}),
  TIE_HALF_LIFE_DAYS: z.coerce.number().int().min(1).max(3650).default(60),
})

export type Config = {
  port: number
  host: string
  /** the address people type, without a slash at its end; links in mails and the WebAuthn origin come from it */
  url: string
  /** whether FOLKMOOT_URL says so; else the network may keep an address of its own */
  urlIsGiven: boolean
  /** the folder of everything kept on disk */
  data: string
  databaseUrl: string | null
  /** how many connections to the database this process may have open */
  pool: number
  /** a NATS server that the processes of this network wake each other through; null: they do so through the database */
  natsUrl: string | null
  smtpUrl: string | null
  mailFrom: string
  logLevel: 'silent' | 'error' | 'warn' | 'info' | 'debug'
  /** where the log goes instead of standard error */
  logFile: string | null
  /** the proxies whose word is taken for where a request comes from; nobody else's is */
  trustedProxies: string[]
  /** what the server may fetch from (for link previews) although it is not on the open internet, or on another port */
  reachable: Exception[]
  requestsPerMinute: number
  /** connections of every sort that are open at once, and from one address */
  connections: { total: number; perAddress: number }
  /** in so many seconds a kilobyte for each must have come of the body of a request, or its end */
  bodyPatience: number
  /** live connections (sockets and event streams) that one person may have open */
  connectionsPerPerson: number
  /** who is not on this machine reads /metrics with this bearer token; null: nobody else does */
  metricsToken: string | null
  /** the bucket in which stored files are kept; null: the data folder */
  s3Url: string | null
  maxFileBytes: number
  maxImportBytes: number
  /** bytes that one person may upload in 24 hours, and may have uploaded that nothing shows yet */
  uploads: { perDay: number; waiting: number }
  /** what all stored files may take; null: whatever the disk has, but for what is kept free of it */
  storeBytes: number | null
  keepFreeBytes: number
  /** where a backup is made every night, and how many stay there */
  backups: { folder: string; kept: number } | null
  /** by kind of tie, instead of what the kind itself says */
  tieWeights: Record<string, number>
  /** after so many days a tie weighs half */
  tieHalfLife: number
}

/** What only somebody can set right; trying again would not help. */
export class ConfigError extends Error {}

/**
 * The configuration: environment variables first, then `folkmoot.conf` (lines KEY=value; its place may be named by
 * FOLKMOOT_CONFIG), then defaults.
 * @throws ConfigError with a line for every setting that is wrong
 */
export function readConfig(env: Record<string, string | undefined> = process.env, folder = process.cwd()): Config {
  const file = env.FOLKMOOT_CONFIG ?? join(folder, 'folkmoot.conf')
  if (env.FOLKMOOT_CONFIG && !existsSync(file)) throw new ConfigError(`FOLKMOOT_CONFIG names ${file}, which does not exist.`)
  const fromFile = existsSync(file) ? parseEnv(readFileSync(file, 'utf8')) : {}
  const given = Object.fromEntries(Object.keys(Settings.shape).map((key) => [key, env[key] || fromFile[key] || undefined]))
  const parsed = Settings.safeParse(given)
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`)
    throw new ConfigError(`The configuration has mistakes:\n${lines.join('\n')}\nSee docs/configuration.md.`)
  }
  const s = parsed.data
  const shown = s.HOST === '0.0.0.0' || s.HOST === '::' ? 'localhost' : s.HOST === '127.0.0.1' ? 'localhost' : s.HOST
  return {
    port: s.PORT, host: s.HOST, url: (s.FOLKMOOT_URL ?? `http://${shown}:${s.PORT}`).replace(/\/+$/, ''),
    urlIsGiven: s.FOLKMOOT_URL !== undefined, data: resolve(folder, s.FOLKMOOT_DATA), databaseUrl: s.DATABASE_URL ?? null, pool: s.POOL, natsUrl: s.NATS_URL ?? null,
    smtpUrl: s.SMTP_URL ?? null, mailFrom: s.MAIL_FROM, logLevel: s.LOG_LEVEL, logFile: s.LOG_FILE ? resolve(folder, s.LOG_FILE) : null,
    trustedProxies: s.TRUSTED_PROXIES, reachable: s.FETCH_FROM as Exception[], requestsPerMinute: s.REQUESTS_PER_MINUTE, s3Url: s.S3_URL ?? null, maxFileBytes: s.MAX_FILE_MB * 1048576, maxImportBytes: s.MAX_IMPORT_MB * 1048576,
    uploads: { perDay: s.UPLOAD_MB_PER_DAY * 1048576, waiting: s.UPLOAD_MB_WAITING * 1048576 },
    storeBytes: s.STORE_GB === undefined ? null : s.STORE_GB * 1073741824, keepFreeBytes: s.KEEP_FREE_MB * 1048576,
    backups: s.BACKUP_DIR ? { folder: resolve(folder, s.BACKUP_DIR), kept: s.BACKUPS_KEPT } : null,
    connections: { total: s.CONNECTIONS, perAddress: s.CONNECTIONS_PER_ADDRESS }, bodyPatience: s.BODY_PATIENCE_SECONDS,
    connectionsPerPerson: s.CONNECTIONS_PER_PERSON, metricsToken: s.METRICS_TOKEN ?? null,
    tieWeights: s.TIE_WEIGHTS, tieHalfLife: s.TIE_HALF_LIFE_DAYS,
  }
}
