import { POSITIONS_STATE, POSITIONS_STATE_ID } from '../../schema/records/positions-state.ts';
import type { PositionsState } from '../../schema/records/positions-state.ts';
import { PROTECTIONS } from '../../schema/records/protection.ts';
import type { ProtectionRecord } from '../../schema/records/protection.ts';
import { EMPTY_RISK_STATE, RISK_STATE, RISK_STATE_ID } from '../../schema/records/risk-state.ts';
import type { RiskState } from '../../schema/records/risk-state.ts';
import type { EpochMs } from '../../schema/scalars.ts';
import type { Inspected } from './inspected.ts';

const MOST_LISTED = 100;

export interface Positions extends Pick<RiskState, 'exposures' | 'reservations'> {
  readonly now: EpochMs;
  /** Null until sync has read them for the first time. */
  readonly atVenue: PositionsState | null;
  readonly protections: readonly ProtectionRecord[];
}

/** As the venue last showed them and as our ledger has them, with the stops that guard them. */
export async function readPositions({ store, clock }: Pick<Inspected, 'store' | 'clock'>): Promise<Positions> {
  const [{ atVenue, risk }, protections] = await Promise.all([
    store.get({ atVenue: { collection: POSITIONS_STATE, id: POSITIONS_STATE_ID }, risk: { collection: RISK_STATE, id: RISK_STATE_ID } }),
    store.query({ collection: PROTECTIONS, where: [], limit: MOST_LISTED }),
  ]);
  const { exposures, reservations } = risk ?? EMPTY_RISK_STATE;
  return { now: clock.now(), atVenue, exposures, reservations, protections: protections.map(({ data }) => data) };
}
