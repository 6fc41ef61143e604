import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    testTimeout: 20_000,
    hookTimeout: 30_000,
    env: { METADATA_SERVER_DETECTION: 'none', TZ: 'UTC' },
  },
});
