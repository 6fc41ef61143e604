import { veto } from '../veto.ts';
import type { Check } from './check.ts';

export const ledgerMismatch: Check = ({ positions }) =>
  positions.kind === 'known' && positions.ledgerDisagrees ? veto('ledger_mismatch', null, null, 'state/positions:ledgerAgrees') : null;
