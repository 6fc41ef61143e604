/** Commits that fail, or that succeed and say that they failed, at every transaction of a round trip. */
import { describe, expect, test } from 'vitest';
import type { CommitFault } from '../../../functions/src/adapters/store-memory/memory-store.ts';
import { roundTrip } from '../../support/engine/stories.ts';
import type { Told } from '../../support/engine/stories.ts';
import type { WorldOptions } from '../../support/engine/world.ts';

/** A transaction that fails this often in a row gives up: its caller gets the error. */
const TRIES = 5;

/** `length` commits in a row fail, from the `first`-th on; `count` tells how many commits there were. */
function failing(fault: CommitFault, first: number, length: number): { readonly options: WorldOptions; readonly count: () => number } {
  let commits = 0;
  const commitFault = (): CommitFault => {
    commits += 1;
    return commits >= first && commits < first + length ? fault : 'none';
  };
  return { options: { commitFault }, count: () => commits };
}

const endOf = ({ broken, result }: Told) => ({ broken, result });

/** A report that is not written is told and fails no run. */
const isReport = ({ world }: Told): boolean => world.logLines.some((line) => line.includes('trading is not affected'));

const quiet = failing('none', 1, 0);
const undisturbed = await roundTrip(quiet.options);
const sameEnd = { broken: [], result: undisturbed.result };
const commits = Array.from({ length: quiet.count() }, (_, index) => index + 1);

describe('a round trip in which commit', () => {
  test.each(commits)('%i is reported as failed although it succeeded ends the same', async (first) => {
    expect(endOf(await roundTrip(failing('failAfter', first, 1).options))).toEqual(sameEnd);
  });

  test.each(commits)('%i fails for good ends the same', async (first) => {
    const disturbed = await roundTrip(failing('failBefore', first, TRIES).options);
    expect(disturbed.world.failures.map((error) => error.name)).toEqual(isReport(disturbed) ? [] : ['CommitFaultError']);
    expect(endOf(disturbed)).toEqual(sameEnd);
  });

  test.each(commits)('%i succeeds and is reported as failed until its caller gives up ends the same', async (first) => {
    expect(endOf(await roundTrip(failing('failAfter', first, TRIES).options))).toEqual(sameEnd);
  });
});

test('a round trip in which every transaction body runs twice ends the same', async () => {
  expect(endOf(await roundTrip({ rerun: (attempt) => attempt === 1 }))).toEqual(sameEnd);
});
