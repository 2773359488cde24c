import { names, storeOf } from './features/files/backup.ts'
import { restore } from './kernel/backup/restore.ts'
import { verifyBackup } from './kernel/backup/verify.ts'
import { backup } from './kernel/backup/write.ts'
import type { Host } from './kernel/context.ts'
import { migrate } from './kernel/migrate.ts'
import { migrations } from './app.ts'

/** Writes the whole network into a new folder and reads it back. */
export const backUp = ({ pool, config }: Host, folder: string) => backup(pool, storeOf(config), folder)

/** Looks a backup over; needs no network. */
export const lookOver = (folder: string) => verifyBackup(folder, names)

/** Puts a backup into the empty network of this host, whose schema may be not there yet. */
export const bringBack = ({ pool, config }: Host, folder: string) => restore({
  pool, store: storeOf(config), steps: migrations.flatMap((list) => Object.keys(list)),
  migrateTo: (steps) => migrate(pool, migrations, { only: steps }),
}, folder)
