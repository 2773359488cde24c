import type { AddressInfo } from 'node:net'
import { WebSocketServer } from 'ws'

// The raw limit of fan-out: `ws` alone sends a text about as long as one of our events to everybody.
const sockets: WebSocketServer = new WebSocketServer({ port: 0, perMessageDeflate: false }, () => process.send!((sockets.address() as AddressInfo).port))
sockets.on('connection', (socket) => socket.send('hello'))
process.on('message', (text: string) => {
  const message = `[${JSON.stringify({ text, filler: 'x'.repeat(900) })}]`
  for (const socket of sockets.clients) socket.send(message)
})
