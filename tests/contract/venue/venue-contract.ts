// The promises of ports/venue.ts, run on every adapter and in both position modes.
import { afterEach, beforeEach, describe } from 'vitest';
import type { PositionMode } from '../../../functions/src/domain/account/account.ts';
import { accountContract } from './account-contract.ts';
import { byHandContract } from './by-hand-contract.ts';
import { fillsContract } from './fills-contract.ts';
import { lostMessagesContract } from './lost-messages-contract.ts';
import { makerFillsContract } from './maker-fills-contract.ts';
import { marketContract } from './market-contract.ts';
import { ordersContract } from './orders-contract.ts';
import { refusalsContract } from './refusals-contract.ts';
import { stopsContract } from './stops-contract.ts';
import { triggersContract } from './triggers-contract.ts';
import type { MakerFills, SharedAccountHarness, StartHarness, VenueHarness } from './venue-harness.ts';

/** Gives each test its own venue. */
export type UseHarness<Harness extends VenueHarness = VenueHarness> = () => Harness;

const MODES: readonly PositionMode[] = ['hedge', 'oneWay'];

export function venueContract(name: string, start: StartHarness, makerFills: MakerFills = 'prints'): void {
  inBothModes(name, start, (use, mode) => {
    ordersContract(use);
    makerFillsContract(use, makerFills);
    refusalsContract(use);
    lostMessagesContract(use);
    accountContract(use, mode);
    marketContract(use);
    stopsContract(use);
    triggersContract(use);
    fillsContract(use);
  });
}

/** For venues whose account others can reach too. */
export function sharedAccountContract(name: string, start: StartHarness<SharedAccountHarness>): void {
  inBothModes(name, start, byHandContract);
}

function inBothModes<Harness extends VenueHarness>(
  name: string,
  start: StartHarness<Harness>,
  tests: (use: UseHarness<Harness>, mode: PositionMode) => void,
): void {
  describe.each(MODES)(`${name}, %s mode`, (mode) => {
    let harness: Harness | null = null;
    beforeEach(async () => {
      harness = await start(mode);
    });
    afterEach(async () => {
      await harness?.close();
      harness = null;
    });
    tests(() => {
      if (harness === null) throw new Error('the harness exists within a test only');
      return harness;
    }, mode);
  });
}
