import { describe, expect, test } from 'vitest';
import { SEEDS_TO_CATCH, hunt } from './hunt.ts';
import type { Mutation } from './mutation.ts';

const TIMEOUT_MS = 300_000;

export function areCaught(mutations: readonly Mutation[]): void {
  describe(`a fault in the engine shows within ${SEEDS_TO_CATCH} seeds`, () => {
    test.each(mutations)(
      '$name',
      async (mutation) => {
        expect(await hunt(mutation)).not.toBeNull();
      },
      TIMEOUT_MS,
    );
  });
}
