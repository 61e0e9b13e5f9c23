import { defineConfig } from 'vitest/config'

/** Two projects: rules (unit tests beside their subject, no servers) and system (real servers, one file at a time per worker). */
export default defineConfig({
  test: {
    reporters: ['default'],
    projects: [
      {
        test: {
          name: 'rules',
          include: ['{core,ivr,db,gateway,workers,agent-ui,launch,simulate}/**/*.test.{ts,tsx}'],
          exclude: ['**/node_modules/**', '**/*.system.test.ts'],
          testTimeout: 15_000,
        },
      },
      {
        test: {
          name: 'system',
          include: ['tests/**/*.test.ts', '**/*.system.test.ts'],
          exclude: ['**/node_modules/**'],
          globalSetup: ['tests/global-setup.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          maxWorkers: 2,
        },
      },
    ],
  },
})
