import { describe, expect, it } from 'vitest';
import { headlinesOf } from '../../../../scripts/bench/headline.ts';
import { reportIn } from '../../../../scripts/bench/measurement-report.ts';
import type { Figure } from '../../../../scripts/bench/figure.ts';

const NAMES = [
  'bundle_load_ms', 'bundle_kb', 'gate_decisions_per_s', 'screen_200_symbols_ms', 'tick_ms_50_symbols', 'store_rpcs_per_tick_50_symbols',
  'documents_written_per_tick_50_symbols', 'firestore_tx_per_s', 'signal_to_ack_p50_ms', 'signal_to_ack_p99_ms',
];

const figures = (names: readonly string[]): Figure[] => names.map((name, index) => ({ name, value: index + 1, unit: '', bound: null, comparison: null, judged: null, note: '' }));

describe('the JSON of a bench', () => {
  it('has exactly the ten promised names, from the figures of the run', () => {
    expect(headlinesOf(figures([...NAMES, 'another_figure']))).toEqual({
      bundle_load_ms: 1,
      bundle_kb: 2,
      gate_decisions_per_s: 3,
      screen_200_symbols_ms: 4,
      tick_ms_50_symbols: 5,
      store_rpcs_per_tick: 6,
      documents_written_per_tick: 7,
      firestore_tx_per_s: 8,
      signal_to_ack_p50_ms: 9,
      signal_to_ack_p99_ms: 10,
    });
  });

  it.each(NAMES)('is not written without %s', (missing) => {
    expect(() => headlinesOf(figures(NAMES.filter((name) => name !== missing)))).toThrow(/was not measured/);
  });
});

describe('the report of a measuring process', () => {
  it('is its last line, whatever it has printed before', () => {
    expect(reportIn('noise\n{"figures":[]}\n')).toEqual({ figures: [] });
  });

  it('may say what failed', () => {
    expect(reportIn('{"failed":"no market"}\n')).toEqual({ failed: 'no market' });
  });

  it.each(['', 'Error: crashed\n', '{"figures":[{"name":"x","value":null}]}\n'])('is missing in %j', (output) => {
    expect(reportIn(output)).toBeNull();
  });
});
