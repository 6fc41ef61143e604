import { veto } from '../veto.ts';
import type { Check } from './check.ts';

export const writeGateClosed: Check = ({ writeGate }) =>
  writeGate === 'closed' ? veto('write_gate_closed', writeGate, null, 'control/write_gate') : null;
