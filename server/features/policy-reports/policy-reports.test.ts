import { expect, test } from 'vitest'
import { atOnce } from '../../../test/at-once.ts'
import { scene } from '../../scene.ts'
import { findingsIn } from './policy.ts'

const old = (more: object = {}) => ({ 'csp-report': {
  'document-uri': 'http://a/invite/fmi_secret', referrer: 'http://a/?q=layoffs', 'effective-directive': 'script-src-elem', 'blocked-uri': 'https://elsewhere.example/x.js?key=secret',
  'source-file': 'http://a/assets/index-SGGGL26B.js', 'line-number': 12, 'script-sample': 'alert("secret")', ...more,
} })
const reported = { type: 'csp-violation', url: 'http://a/invite/fmi_secret', user_agent: 'x', body: {
  documentURL: 'http://a/invite/fmi_secret', effectiveDirective: 'require-trusted-types-for', blockedURL: 'trusted-types-sink', sourceFile: 'http://a/assets/vendor-1.js', lineNumber: 3, sample: 'Element innerHTML|secret',
} }

test('of a report only the place in our sources is kept, and what kind of thing was refused', () => {
  expect(findingsIn(old())).toEqual([{ directive: 'script-src-elem', blocked: 'https', file: 'assets/index-SGGGL26B.js', line: 12 }])
  expect(findingsIn([reported, { type: 'deprecation', body: {} }])).toEqual([{ directive: 'require-trusted-types-for', blocked: 'trusted-types-sink', file: 'assets/vendor-1.js', line: 3 }])
  const strange = { 'effective-directive': 'secret\u001b[2J words', 'blocked-uri': 'data:secret', 'source-file': 'http://a/invite/fmi_secret', 'line-number': 1.5 }
  expect(findingsIn(old(strange))).toEqual([{ directive: 'unknown', blocked: 'data', file: 'unknown', line: null }])
})

test('anybody may report, in both ways browsers have; what is no report or too large is refused, and so is a flood', async () => {
  const { url } = await scene()
  const send = (type: string, body: string) => fetch(`${url}/api/v1/policy-reports`, { method: 'POST', headers: { 'content-type': type }, body }).then(({ status }) => status)
  expect(await send('application/csp-report', JSON.stringify(old()))).toBe(204)
  expect(await send('application/reports+json', JSON.stringify([reported]))).toBe(204)
  expect(await send('application/csp-report', '{"csp-report":1}')).toBe(422)
  expect(await send('application/reports+json', 'x'.repeat(70_000))).toBe(413)
  expect(await send('text/plain', JSON.stringify(old()))).toBe(415)
  const flood = await atOnce(120, () => send('application/csp-report', JSON.stringify(old())))
  expect(new Set(flood)).toEqual(new Set([204, 429]))
})
