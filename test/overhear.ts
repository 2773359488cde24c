import { note, noteRequest } from './canaries.ts'

// Before each file of tests: whatever they send to a server is looked for in the logs at the end of the run.
const send = globalThis.fetch

globalThis.fetch = async (input, init) => {
  noteRequest(input instanceof Request ? input.url : String(input), init?.body, new Headers(init?.headers))
  const answer = await send(input, init)
  for (const cookie of answer.headers.getSetCookie()) note('cookie', cookie.split(';')[0].split('=')[1])
  return answer
}
