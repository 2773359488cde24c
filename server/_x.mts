import { readConfig } from './kernel/config.ts'
import { openHost } from './host.ts'
import './app.ts'
import { drawMap } from './features/map/draw.ts'
const config = readConfig({ ...process.env, DATABASE_URL: process.env.PGURL })
const { host, close } = await openHost(config)
const t = performance.now(); await drawMap(host, { regroup: true }); console.log('drawn', (performance.now() - t).toFixed(0), 'ms')
await close()
