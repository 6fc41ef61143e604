// The promises of ports/venue.ts, run on every adapter and in both position modes.
import { afterEach, beforeEach, describe } from 'vitest';
import type { PositionMode } from '../../../functions/src/domain/account/account.ts';
import { accountContract } from './account-contract.ts';
import { fillsContract } from './fills-contract.ts';
import { lostMessagesContract } from './lost-messages-contract.ts';
import { marketContract } from './market-contract.ts';
import { ordersContract } from './orders-contract.ts';
import { refusalsContract } from './refusals-contract.ts';
import { stopsContract } from './stops-contract.ts';
import { triggersContract } from './triggers-contract.ts';
import type { StartHarness, VenueHarness } from './venue-harness.ts';

/** Gives each test its own venue. */
export type UseHarness = () => VenueHarness;

const MODES: readonly PositionMode[] = ['hedge', 'oneWay'];

export function venueContract(name: string, start: StartHarness): void {
  describe.each(MODES)(`${name}, %s mode`, (mode) => {
    let harness: VenueHarness | null = null;
    beforeEach(async () => {
      harness = await start(mode);
    });
    afterEach(async () => {
      await harness?.close();
      harness = null;
    });
    const use: UseHarness = () => {
      if (harness === null) throw new Error('the harness exists within a test only');
      return harness;
    };
    ordersContract(use);
    refusalsContract(use);
    lostMessagesContract(use);
    accountContract(use, mode);
    marketContract(use);
    stopsContract(use);
    triggersContract(use);
    fillsContract(use);
  });
}
