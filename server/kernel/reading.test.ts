import { expect, test } from 'vitest'
import { makeReader, read } from './reading.ts'
import { findMentions, findTopics, plainText } from './text.ts'

const long = `**Dry** room, says @ann about #Lot88. ${'And more. '.repeat(300)}\n\n\`@bob\``

test('a thread reads what we would read, in the order of asking', async () => {
  const [words, people, topics, short] = await Promise.all([read('plainText', long), read('findMentions', long), read('findTopics', long), read('findMentions', '@eve')])
  expect([words, people, topics, short]).toEqual([plainText(long), findMentions(long), findTopics(long), ['eve']])
})

/** Answers with its number how often it was asked; nothing is heard of it after a text that begins with `stop`, it ends after one with `end`. */
const strange = new URL(`data:text/javascript,${encodeURIComponent(`
  import { parentPort } from 'node:worker_threads'
  let count = 0
  parentPort.on('message', ({ body }) => {
    if (body.startsWith('end')) process.exit(1)
    while (body.startsWith('stop')) count = 0
    parentPort.postMessage([String(++count)])
  })`)}`)

test('a text that is not read in time, or ends the thread, is plain words; the next one has a new thread', async () => {
  const reader = makeReader(strange, 1000)
  expect(await reader('findMentions', long)).toEqual(['1'])
  expect(await Promise.all([reader('findMentions', `stop ${long}`), reader('findMentions', long)])).toEqual([['ann', 'bob'], ['1']])
  expect(await reader('plainText', `end ${long}`)).toBe(`end ${long}`.replace(/\n+/g, '\n'))
  expect(await reader('findMentions', long)).toEqual(['1'])
  expect(await reader('findMentions', long)).toEqual(['2'])
})
