import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * Runs Vitest and closes with one plain line, `N passed, N failed`, for continuous integration that knows no Vitest.
 * `faults`, the checks that failed before, count as failed.
 * @returns the exit code
 */
export async function runTests({ args, faults, run }) {
  const folder = mkdtempSync(join(tmpdir(), 'folkmoot-results-'))
  const file = join(folder, 'results.json')
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
  const code = await run(['node_modules/vitest/vitest.mjs', 'run', ...reporters, ...args])
  const { numPassedTests: passed, numFailedTests } = read(file)
  rmSync(folder, { recursive: true })
  // A file that cannot be loaded and an error outside any test fail the run with no failed test.
  const failed = Math.max(numFailedTests, code ? 1 : 0) + faults
  process.stdout.write(`\n${passed} passed, ${failed} failed\n`)
  return failed ? code || 1 : 0
}

function read(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return { numPassedTests: 0, numFailedTests: 1 }
  }
}
