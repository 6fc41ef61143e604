/** Text of the dashboard against its grounds, by the formula of WCAG 2.2: 4.5 to 1, in light and in dark. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { inRepository } from '../../../scripts/deployable/repository.ts';

const LEAST_RATIO = 4.5;
const PAIRS = [
  ['text', 'ground'], ['text', 'surface'], ['text', 'raised'], ['soft', 'ground'], ['soft', 'surface'], ['soft', 'raised'],
  ['good', 'good-ground'], ['warn', 'warn-ground'], ['bad', 'bad-ground'], ['accent', 'accent-ground'], ['good', 'surface'], ['warn', 'surface'], ['bad', 'surface'], ['accent', 'surface'],
  ['warn', 'raised'], ['bad', 'raised'], ['text', 'bad-ground'], ['text', 'accent-ground'],
] as const;

const styles = readFileSync(inRepository('dashboard/styles.css'), 'utf8');
const colours = new Map([...styles.matchAll(/--([\w-]+): light-dark\((#[\da-f]+), (#[\da-f]+)\)/g)].map(([, name = '', light = '', dark = '']) => [name, { light, dark }]));

function luminance(hex: string): number {
  const full = hex.length === 4 ? hex.slice(1).replaceAll(/./g, '$&$&') : hex.slice(1);
  const [red = 0, green = 0, blue = 0] = [0, 2, 4].map((at) => Number.parseInt(full.slice(at, at + 2), 16) / 255).map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

describe('the colours of the dashboard', () => {
  it('are measured as the recommendation says', () => {
    expect(contrast('#000', '#fff')).toBeCloseTo(21, 5);
    expect(contrast('#777', '#ffffff')).toBeCloseTo(4.48, 2);
  });

  it.each(PAIRS)('%s can be read on %s', (name, ground) => {
    const [text, behind] = [colours.get(name), colours.get(ground)];
    if (text === undefined || behind === undefined) throw new Error(`dashboard/styles.css has no ${name} or no ${ground}`);
    expect(contrast(text.light, behind.light)).toBeGreaterThanOrEqual(LEAST_RATIO);
    expect(contrast(text.dark, behind.dark)).toBeGreaterThanOrEqual(LEAST_RATIO);
  });
});
