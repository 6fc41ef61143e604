/** Geometry of a curve over time: thinned to what a screen can show, with its scale and round ticks. */

export interface Point {
  readonly at: number;
  readonly value: number;
}

/**
 * At most `2 * buckets` points: of each stretch of time its lowest and highest, in their order, so that no spike of a
 * month is lost. First and last stay.
 */
export function thinned(points: readonly Point[], buckets: number): readonly Point[] {
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined || points.length <= buckets * 2) return points;
  const width = (last.at - first.at) / buckets;
  const groups = Map.groupBy(points.slice(1, -1), ({ at }) => Math.min(buckets - 1, Math.floor((at - first.at) / width)));
  return [first, ...[...groups.values()].flatMap(extremes), last];
}

function extremes(group: readonly Point[]): readonly Point[] {
  const low = group.reduce((least, point) => (point.value < least.value ? point : least));
  const high = group.reduce((most, point) => (point.value > most.value ? point : most));
  if (low === high) return [low];
  return low.at < high.at ? [low, high] : [high, low];
}

export interface Scale {
  readonly min: number;
  readonly max: number;
  readonly ticks: readonly number[];
}

/** Round steps (1, 2, 5 times a power of ten) that take in all values; a flat line gets room around it. */
export function scaleOf(values: readonly number[], wanted = 4): Scale {
  const low = Math.min(...values);
  const high = Math.max(...values);
  if (!Number.isFinite(low) || !Number.isFinite(high)) return { min: 0, max: 1, ticks: [] };
  const room = high === low ? Math.max(Math.abs(high) * 0.001, 0.01) : 0;
  const step = roundStep((high - low + 2 * room) / wanted);
  const min = Math.floor((low - room) / step) * step;
  const max = Math.ceil((high + room) / step) * step;
  const count = Math.round((max - min) / step);
  return { min, max, ticks: Array.from({ length: count + 1 }, (_, index) => min + index * step) };
}

function roundStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = [1, 2, 5, 10].find((candidate) => candidate * power >= rough) ?? 10;
  return factor * power;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const TIME_STEPS_MS = [5 / 60, 0.25, 0.5, 1, 2, 3, 6, 12, 24, 48, 120, 240, 360, 720].map((hours) => hours * HOUR_MS);

/** Full hours or days in UTC between two times, at most `most` of them; whole days apart where hours are too many. */
export function timeTicks(from: number, until: number, most: number): readonly number[] {
  const step = TIME_STEPS_MS.find((candidate) => (until - from) / candidate <= most) ?? Math.ceil((until - from) / most / DAY_MS) * DAY_MS;
  const first = Math.ceil(from / step) * step;
  return Array.from({ length: Math.max(0, Math.floor((until - first) / step) + 1) }, (_, index) => first + index * step);
}

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export const xOf = (at: number, from: number, until: number, { left, width }: Box): number => left + (until === from ? 0 : ((at - from) / (until - from)) * width);
export const yOf = (value: number, { min, max }: Pick<Scale, 'min' | 'max'>, { top, height }: Box): number => top + (max === min ? height / 2 : ((max - value) / (max - min)) * height);

/** More than this between two points is a gap, not a line. */
export function pathOf(points: readonly Point[], place: (point: Point) => readonly [number, number], gapMs: number): string {
  let before: Point | null = null;
  let path = '';
  for (const point of points) {
    const [x, y] = place(point);
    path += `${before === null || point.at - before.at > gapMs ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`;
    before = point;
  }
  return path;
}
