import { asEntries, asFlag, asNumber } from '../records/fields.ts';
import type { Fields } from '../records/fields.ts';

/** What the page reads of `state/expectancy`, and of each hour in it. */
interface Expectancy {
  readonly expectancyBps: number;
  readonly samples: number;
  readonly isWarmup: boolean;
}
export interface ExpectancyState {
  readonly byHourUtc: Readonly<Record<string, Expectancy>>;
}

export interface HeatCell {
  /** `00` to `23`. */
  readonly hour: string;
  /** Null where no trade says anything. */
  readonly value: number | null;
  readonly text: string;
  /** 0 to 3 by size beside the largest. */
  readonly strength: number;
  readonly samples: number | null;
  readonly isWarmup: boolean;
}

export interface HeatMap {
  readonly unit: 'bps';
  readonly cells: readonly HeatCell[];
}

const STEPS = 3;

/** All 24 hours; null while nothing has been computed. An hour that the record does not have has no trades. */
export function heatMap(state: Fields<ExpectancyState> | null): HeatMap | null {
  const entries = state === null ? null : asEntries<Expectancy>(state.byHourUtc);
  if (entries === null) return null;
  const byHour = new Map(entries.map(([hour, fields]) => [Number(hour), fields]));
  const most = Math.max(...entries.map(([, fields]) => Math.abs(asNumber(fields?.expectancyBps) ?? 0)));
  const cells = Array.from({ length: 24 }, (_, hour): HeatCell => {
    const fields = byHour.get(hour);
    const value = asNumber(fields?.expectancyBps);
    return {
      hour: String(hour).padStart(2, '0'),
      value,
      text: value === null ? 'unknown' : `${value.toFixed(1)} bps`,
      strength: value === null || most === 0 ? 0 : Math.ceil((Math.abs(value) / most) * STEPS),
      samples: byHour.has(hour) ? asNumber(fields?.samples) : 0,
      isWarmup: asFlag(fields?.isWarmup) === true,
    };
  });
  return { unit: 'bps', cells };
}
