/** The figures that `--json` ends with: a fixed list of names, each measured in this run. */
import { rounded } from './figure.ts';
import type { Figure } from './figure.ts';

/** Name in the report, and the figure it takes its value from. */
const HEADLINES: Readonly<Record<string, string>> = {
  bundle_load_ms: 'bundle_load_ms',
  bundle_kb: 'bundle_kb',
  gate_decisions_per_s: 'gate_decisions_per_s',
  screen_200_symbols_ms: 'screen_200_symbols_ms',
  tick_ms_50_symbols: 'tick_ms_50_symbols',
  store_rpcs_per_tick: 'store_rpcs_per_tick_50_symbols',
  documents_written_per_tick: 'documents_written_per_tick_50_symbols',
  firestore_tx_per_s: 'firestore_tx_per_s',
  signal_to_ack_p50_ms: 'signal_to_ack_p50_ms',
  signal_to_ack_p99_ms: 'signal_to_ack_p99_ms',
};

/** Throws when a figure is missing or not a number. */
export function headlinesOf(figures: readonly Figure[]): Readonly<Record<string, number>> {
  const byName = new Map(figures.map((figure) => [figure.name, figure.value]));
  const values = Object.entries(HEADLINES).map(([headline, name]) => {
    const value = byName.get(name);
    if (value === undefined || !Number.isFinite(value)) throw new Error(`${headline} was not measured`);
    return [headline, rounded(value)] as const;
  });
  return Object.fromEntries(values);
}
