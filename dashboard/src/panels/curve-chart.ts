/** A curve over time with a readout: the pointer or the arrow keys choose a time, the text says its value. */
import { fullTime } from '../view/time-text.ts';
import { pathOf, scaleOf, thinned, timeTicks, xOf, yOf } from '../view/curve.ts';
import type { Box, Point, Scale } from '../view/curve.ts';
import { el, svg } from './element.ts';

export interface CurveInput {
  readonly id: string;
  readonly name: string;
  readonly unit: string;
  readonly points: readonly Point[];
  readonly width: number;
  readonly height: number;
  readonly gapMs: number;
  readonly places: number;
  /** To which side of the curve the area is shaded. */
  readonly filled: 'above' | 'below';
}

const MARGIN = { left: 62, right: 20, top: 10, bottom: 22 };
const PIXELS_PER_TICK = 64;
const DAY_MS = 86_400_000;

export function curveChart(input: CurveInput): HTMLElement {
  const { id, name, width, height } = input;
  const box: Box = { left: MARGIN.left, top: MARGIN.top, width: Math.max(10, width - MARGIN.left - MARGIN.right), height: height - MARGIN.top - MARGIN.bottom };
  const buckets = Math.max(50, Math.floor(box.width / 2));
  const points = thinned(input.points, buckets);
  const scale = scaleOf(points.map(({ value }) => value), height > 150 ? 4 : 2);
  const from = points[0]?.at ?? 0;
  const until = points.at(-1)?.at ?? 0;
  const place = ({ at, value }: Point): readonly [number, number] => [xOf(at, from, until, box), yOf(value, scale, box)];
  const cursor = svg('g', { class: 'cursor', visibility: 'hidden' }, svg('line', { y1: box.top, y2: box.top + box.height }), svg('circle', { r: 3.5 }));
  // Thinned points stand up to two buckets apart.
  const line = pathOf(points, place, Math.max(input.gapMs, (3 * (until - from)) / buckets));
  const base = input.filled === 'below' ? box.top + box.height : box.top;
  const chart = svg(
    'svg', { id, class: `chart ${input.filled}`, width, height, viewBox: `0 0 ${width} ${height}`, role: 'img', tabindex: '0', 'aria-label': summary(input) },
    grid(scale, box, input),
    timeAxis(from, until, box),
    line.indexOf('M', 1) === -1 ? svg('path', { class: 'area', d: `${line}L${box.left + box.width} ${base}L${box.left} ${base}Z` }) : null,
    svg('path', { class: 'line', d: line }),
    cursor,
  );
  const readout = el('output', { class: 'readout', for: id }, readoutText(input, points.at(-1)));
  follow(chart, cursor, points, place, (point) => {
    readout.textContent = readoutText(input, point ?? points.at(-1));
  });
  return el('figure', {}, el('figcaption', {}, el('b', {}, name), ' ', readout), chart);
}

const readoutText = ({ unit, places }: CurveInput, point: Point | undefined): string => (point === undefined ? '' : `${valueText(point.value, places)} ${unit} at ${fullTime(point.at)}`);

/** A drawdown of none is 0, not -0. */
const valueText = (value: number, places: number): string => (value === 0 ? 0 : value).toLocaleString('en-US', { minimumFractionDigits: places, maximumFractionDigits: places });

function summary({ name, unit, points, places }: CurveInput): string {
  const values = points.map(({ value }) => value);
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined) return name;
  const say = (value: number): string => `${valueText(value, places)} ${unit}`;
  return `${name} from ${fullTime(first.at)} to ${fullTime(last.at)}: begins at ${say(first.value)}, ends at ${say(last.value)}, lowest ${say(Math.min(...values))}, highest ${say(Math.max(...values))}. Arrow keys read it point by point.`;
}

function grid({ ticks, min, max }: Scale, box: Box, { places }: CurveInput): SVGElement {
  const step = (ticks[1] ?? 1) - (ticks[0] ?? 0);
  const digits = Math.min(places, Math.max(0, -Math.floor(Math.log10(step))));
  return svg('g', { class: 'grid' }, ticks.map((tick) => {
    const y = yOf(tick, { min, max }, box);
    return [svg('line', { x1: box.left, x2: box.left + box.width, y1: y, y2: y }), svg('text', { x: box.left - 8, y: y + 4, 'text-anchor': 'end' }, valueText(tick, digits))];
  }));
}

/** The day at midnight UTC, the time otherwise. */
const timeLabel = (at: number): string => (at % DAY_MS === 0 ? new Date(at).toISOString().slice(5, 10) : new Date(at).toISOString().slice(11, 16));

function timeAxis(from: number, until: number, box: Box): SVGElement {
  return svg('g', { class: 'times' }, timeTicks(from, until, Math.max(2, Math.floor(box.width / PIXELS_PER_TICK))).map((at) => svg('text', { x: xOf(at, from, until, box), y: box.top + box.height + 16, 'text-anchor': 'middle' }, timeLabel(at))));
}

function follow(chart: SVGSVGElement, cursor: SVGGElement, points: readonly Point[], place: (point: Point) => readonly [number, number], tell: (point: Point | null) => void): void {
  let index = points.length - 1;
  const show = (next: number): void => {
    index = Math.min(points.length - 1, Math.max(0, next));
    const point = points[index];
    if (point === undefined) return;
    const [x, y] = place(point);
    cursor.setAttribute('visibility', 'visible');
    cursor.setAttribute('transform', `translate(${x.toFixed(1)} 0)`);
    cursor.lastElementChild?.setAttribute('cy', y.toFixed(1));
    tell(point);
  };
  const hide = (): void => {
    cursor.setAttribute('visibility', 'hidden');
    tell(null);
  };
  chart.addEventListener('pointermove', (event) => {
    const x = event.clientX - chart.getBoundingClientRect().left;
    const nearest = points.reduce((best, point, candidate) => (Math.abs(place(point)[0] - x) < Math.abs(place(points[best] ?? point)[0] - x) ? candidate : best), 0);
    show(nearest);
  });
  chart.addEventListener('pointerleave', hide);
  chart.addEventListener('blur', hide);
  chart.addEventListener('keydown', (event) => {
    const move = { ArrowLeft: -1, ArrowRight: 1, PageUp: -20, PageDown: 20, Home: -points.length, End: points.length }[event.key];
    if (move === undefined) return;
    event.preventDefault();
    show(index + move);
  });
}
