/** The engine trades on paper as it trades at a venue: entries, stops and exits, and a ledger equal to the paper account. */
import { expect, test } from 'vitest';
import { createPaperVenue } from '../../../functions/src/adapters/venue-paper/create-paper-venue.ts';
import { readBooks } from '../../../functions/src/adapters/venue-paper/paper-books.ts';
import { createSimulatedVenue } from '../../../functions/src/adapters/venue-simulated/create-simulated-venue.ts';
import type { EngineDeps } from '../../../functions/src/app/engine-deps.ts';
import type { ExchangeState } from '../../../functions/src/domain/matching/exchange-state.ts';
import { PAPER_ACCOUNT, PAPER_ACCOUNT_ID } from '../../../functions/src/schema/records/paper-account.ts';
import { brokenPromises } from '../../support/engine/broken-promises.ts';
import { readRecords } from '../../support/engine/records.ts';
import { ENTRY_AT, World } from '../../support/engine/world.ts';

const MINUTE_MS = 60_000;

/** The exchange of this world is nothing but the public market; each run is an instance of its own. */
class PaperWorld extends World {
  override deps(kill?: (reason: Error) => void): EngineDeps {
    const venue = createPaperVenue({
      market: this.venue,
      store: this.store,
      clock: this.time,
      venueOn: (exchange, clock) => createSimulatedVenue({ exchange, clock, candles: () => null }),
      terms: { leverage: 3 },
    });
    return { ...super.deps(kill), venue };
  }

  async account(): Promise<ExchangeState> {
    const { record } = await this.store.get({ record: { collection: PAPER_ACCOUNT, id: PAPER_ACCOUNT_ID } });
    return readBooks(record?.books ?? '').exchange;
  }
}

test('a signal enters, rests a stop and exits on paper, though each job runs twice at once', async () => {
  const world = new PaperWorld({ delivery: 'concurrently' });
  world.schedule('sync');
  const stopScreening = world.schedule('screen');
  await world.time.runUntil(ENTRY_AT + 6 * MINUTE_MS);
  stopScreening();
  await world.runUntilQuiet(world.time.now());

  const [records, paper] = [await readRecords(world.store), await world.account()];
  expect(paper.trades.map(({ side, maker, qty }) => [side, maker, qty])).toEqual([
    ['BUY', true, '0.008'],
    ['SELL', false, '0.008'],
  ]);
  expect(Object.values(paper.closedAlgos).map(({ algoStatus }) => algoStatus)).toContain('CANCELED');
  expect(brokenPromises(records, paper)).toEqual([]);
  expect(world.exchange.state.trades).toEqual([]);
  expect(world.exchange.state.orderIdByClientId).toEqual({});
});

test('a stop that fires on paper is booked as one at a venue is', async () => {
  const world = new PaperWorld();
  world.schedule('sync');
  const stopScreening = world.schedule('screen');
  await world.time.runUntil(ENTRY_AT + 4.5 * MINUTE_MS);
  stopScreening();
  world.market.move('48899.9', '48900.1', '48900');
  await world.runUntilQuiet(ENTRY_AT + 7 * MINUTE_MS);

  const [records, paper] = [await readRecords(world.store), await world.account()];
  expect(Object.values(paper.closedAlgos).map(({ algoStatus }) => algoStatus)).toContain('FINISHED');
  expect(records.positions.map(({ qty }) => qty)).toEqual(['0']);
  expect(brokenPromises(records, paper)).toEqual([]);
});
