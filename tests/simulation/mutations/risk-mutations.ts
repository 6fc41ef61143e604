/** Faults that let more be open than the caps allow, or trade where nobody may. */
import { compileLimits } from '../../../functions/src/domain/risk/compile-limits.ts';
import { parsed, edited, set } from '../../unit/config/config-files.ts';
import type { Mutation } from './mutation.ts';
import { withStore } from './mutation.ts';

const isRisk = (collection: string, id: string): boolean => collection === 'state' && id === 'risk';

function withoutReservations(data: unknown, released: (reservedAt: number) => boolean): unknown {
  if (typeof data !== 'object' || data === null || !('reservations' in data)) return data;
  const kept = Object.entries(Object(data.reservations)).filter(([, entry]) => {
    const reservedAt: unknown = Reflect.get(Object(entry), 'reservedAt');
    return typeof reservedAt !== 'number' || !released(reservedAt);
  });
  return { ...data, reservations: Object.fromEntries(kept) };
}

export const riskMutations: readonly Mutation[] = [
  {
    name: 'what is approved is not reserved',
    breaks: 'caps',
    mutate: () => (deps) => withStore(deps, (_verb, collection, id, data) => (isRisk(collection, id) ? withoutReservations(data, () => true) : data)),
  },
  {
    name: 'a reservation is released while its order still works',
    breaks: 'caps',
    mutate: () => (deps) =>
      withStore(deps, (_verb, collection, id, data) => (isRisk(collection, id) ? withoutReservations(data, (reservedAt) => deps.clock.now() - reservedAt > 500) : data)),
  },
  {
    name: 'orders past every cap are approved',
    breaks: 'caps',
    mutate: () => {
      const loose = compileLimits(
        parsed(
          edited(
            set('risk.json', ['maxConcurrentPositions'], 100),
            set('risk.json', ['maxGrossExposurePct'], 1000),
            set('risk.json', ['maxSymbolExposurePct'], 1000),
            set('risk.json', ['tiers', 'CORE', 'maxExposurePct'], 1000),
            set('risk.json', ['tiers', 'SATELLITE', 'maxExposurePct'], 1000),
          ),
        ),
      );
      return (deps) => ({ ...deps, limits: loose });
    },
  },
  {
    name: 'the risk that is judged against is of another time',
    breaks: 'caps',
    mutate: () => (deps) =>
      withStore(
        deps,
        (_verb, _collection, _id, data) => data,
        (collection, id, data) => (isRisk(collection, id) && typeof data === 'object' && data !== null && 'exposures' in data && 'reservations' in data ? forgotten(data) : data),
      ),
  },
  {
    name: 'orders are sent to production without the keys',
    breaks: 'production',
    concerns: ({ keys }) => keys !== 'paper' && keys !== 'prod-both',
    mutate: () => (deps) => ({ ...deps, orderGate: { kind: 'open' } }),
  },
  {
    name: 'the operator is not heard',
    breaks: 'operator',
    rates: { 'operator.halt': 0.03, 'operator.reduce': 0.05 },
    mutate: () => (deps) =>
      withStore(
        deps,
        (_verb, _collection, _id, data) => data,
        (collection, id, data) => (collection === 'control' && id === 'trading' ? null : data),
      ),
  },
  {
    name: 'a symbol that an operator has disabled goes on taking entries',
    breaks: 'operator',
    rates: { 'operator.disable': 0.05 },
    mutate: () => (deps) =>
      withStore(
        deps,
        (_verb, _collection, _id, data) => data,
        (collection, id, data) => (collection === 'control' && id === 'symbol_toggles' ? null : data),
      ),
  },
  {
    name: "an operator's act leaves no audit entry",
    breaks: 'operator',
    rates: { 'operator.reduce': 0.05 },
    mutate: () => (deps) => withStore(deps, (_verb, collection, _id, data) => (collection === 'control/trading/audit' ? null : data)),
  },
  {
    name: 'exits are held back while trading is only reducing',
    breaks: 'closable',
    mutate: () => (deps) =>
      withStore(
        deps,
        (_verb, _collection, _id, data) => data,
        (collection, id, data) => (collection === 'control' && id === 'trading' && typeof data === 'object' && data !== null && Reflect.get(data, 'state') === 'REDUCING' ? { ...data, state: 'HALTED' } : data),
      ),
  },
];

/** Nothing open and nothing reserved. */
function forgotten(data: object): object {
  return { ...data, exposures: {}, reservations: {} };
}
