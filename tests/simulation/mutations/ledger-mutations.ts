/** Faults in the books: fills, income and NAV that are not the venue's. */
import { decimal, text } from '../../../functions/src/domain/money/decimal.ts';
import type { Mutation } from './mutation.ts';
import { withStore, withVenue } from './mutation.ts';

export const ledgerMutations: readonly Mutation[] = [
  {
    name: 'a fill is dropped',
    breaks: 'books',
    mutate: () => {
      let fills = 0;
      return (deps) => withStore(deps, (verb, collection, _id, data) => (verb === 'create' && collection === 'fills' && (fills += 1) % 5 === 0 ? null : data));
    },
  },
  {
    name: 'a fill is counted twice',
    breaks: 'books',
    mutate: () => (deps) =>
      withVenue(deps, (venue) => ({
        async fillsOfOrder(ref) {
          const reading = await venue.fillsOfOrder(ref);
          if (reading.kind !== 'found') return reading;
          return { ...reading, value: reading.value.flatMap((fill) => [fill, { ...fill, tradeId: `${fill.tradeId}0000` }]) };
        },
      })),
  },
  {
    name: 'fills are booked without their fees',
    breaks: 'books',
    mutate: () => (deps) =>
      withVenue(deps, (venue) => ({
        async fillsOfOrder(ref) {
          const reading = await venue.fillsOfOrder(ref);
          return reading.kind === 'found' ? { ...reading, value: reading.value.map((fill) => ({ ...fill, feeAmount: fill.feeAmount.times('0') })) } : reading;
        },
      })),
  },
  {
    name: 'positions that cannot be read count as flat',
    breaks: 'books',
    rates: { 'venue.refused': 0.1, 'venue.replyLost': 0.1 },
    mutate: () => (deps) =>
      withVenue(deps, (venue) => ({
        async positions() {
          const reading = await venue.positions();
          return reading.kind === 'unavailable' ? { kind: 'found', value: [], asOf: deps.clock.now() } : reading;
        },
        async fillsSince(symbol, since) {
          const reading = await venue.fillsSince(symbol, since);
          return reading.kind === 'unavailable' ? { kind: 'found', value: [], asOf: deps.clock.now() } : reading;
        },
      })),
  },
  {
    name: "the ledger is set to the venue's figure at once, though a trade explains it",
    breaks: 'books',
    mutate: () => (deps) => ({
      ...withVenue(deps, () => ({ fillsSince: () => Promise.resolve({ kind: 'found', value: [], asOf: deps.clock.now() }) })),
      config: { ...deps.config, runtime: { ...deps.config.runtime, reconcile: { adjustAfterMinutes: 0 } } },
    }),
  },
  {
    name: 'attribution leaves out the fees',
    breaks: 'books',
    mutate: () => (deps) =>
      withStore(deps, (_verb, collection, _id, data) => (collection === 'attribution' && typeof data === 'object' && data !== null && 'feesUsd' in data ? { ...data, feesUsd: '0' } : data)),
  },
  {
    name: 'what open positions have gained is left out of NAV',
    breaks: 'nav',
    mutate: () => (deps) =>
      withVenue(deps, (venue) => ({
        async account() {
          const reading = await venue.account();
          if (reading.kind !== 'found') return reading;
          return { ...reading, value: { ...reading.value, balances: reading.value.balances.map((balance) => ({ ...balance, unrealizedPnl: balance.unrealizedPnl.times('0') })) } };
        },
      })),
  },
  {
    name: 'a cent of the wallet is lost in the NAV record',
    breaks: 'nav',
    mutate: () => (deps) =>
      withStore(deps, (_verb, collection, id, data) => {
        if (collection !== 'state' || id !== 'nav' || typeof data !== 'object' || data === null || !('walletUsd' in data)) return data;
        return { ...data, walletUsd: text(decimal(String(data.walletUsd)).minus('0.01')) };
      }),
  },
];
