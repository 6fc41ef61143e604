/** The bus only hurries: without any single wake-up, or without all of them, the sweep does the work. */
import { describe, expect, test } from 'vitest';
import type { PublishFault } from '../../../functions/src/adapters/bus-memory/memory-bus.ts';
import { roundTrip } from '../../support/engine/stories.ts';
import type { WorldOptions } from '../../support/engine/world.ts';

function faultAt(publication: number, fault: PublishFault): WorldOptions {
  let publications = 0;
  return { publishFault: () => ((publications += 1) === publication ? fault : 'none') };
}

const undisturbed = await roundTrip();
/** Two intents, each woken for execute and for confirm, and one sweep between two runs of confirm. */
const PUBLICATIONS = [1, 2, 3, 4, 5];

describe.each(['notStored', 'replyLost'] as const)('a publication that fails (%s)', (fault) => {
  test.each(PUBLICATIONS)('as number %i changes nothing of the end', async (publication) => {
    const { world, broken, result } = await roundTrip(faultAt(publication, fault));
    expect(world.logLines.filter((line) => line.includes('wake-up not published'))).toHaveLength(1);
    expect(broken).toEqual([]);
    expect(result).toEqual(undisturbed.result);
  });
});

test('without any wake-up but the sweeps’ own the end is the same', async () => {
  let publications = 0;
  const { world, broken, result } = await roundTrip({ publishFault: () => ((publications += 1) % 2 === 1 ? 'notStored' : 'none') });
  expect(world.logLines.filter((line) => line.includes('wake-up not published')).length).toBeGreaterThanOrEqual(4);
  expect(world.logLines.filter((line) => line.includes('woke work that nobody had looked at')).length).toBeGreaterThanOrEqual(4);
  expect(broken).toEqual([]);
  expect(result).toEqual(undisturbed.result);
});
