import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['server/**/*.test.ts', 'web/**/*.test.{ts,tsx}', 'test/**/*.test.ts'],
    exclude: ['**/node_modules/**', 'dist/**', 'data/**'],
    globalSetup: 'test/setup.ts',
    setupFiles: 'test/overhear.ts',
    pool: 'forks',
    maxWorkers: 2,
    // A long run tries what chance decides many times as often.
    testTimeout: process.env.FOLKMOOT_LONG ? 1_800_000 : 120_000,
    hookTimeout: 120_000,
    // Whatever a test waits for may take as long on a busy machine.
    expect: { poll: { timeout: 30_000 } },
  },
})
