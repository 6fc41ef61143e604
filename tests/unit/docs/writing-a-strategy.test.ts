import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { HeldPosition, StrategyWish } from '../../../functions/src/domain/screening/strategy.ts';
import { inRepository } from '../../../scripts/deployable/repository.ts';
import { candlesOf } from '../domain/screening-strategies/series.ts';
import { breakout } from './breakout.ts';
import { breakoutParams } from './breakout-params.ts';

const GUIDE = readFileSync(inRepository('docs/writing-a-strategy.md'), 'utf8');
const SCREENING = 'functions/src/domain/screening/';
const PARAMS = breakoutParams.parse({ lookback: 3 });

/** From where the examples stand in the tests to where a user puts them. */
const MOVED: readonly (readonly [from: string, to: string])[] = [
  ["'./breakout-params.ts'", "'../../../schema/config/strategies-config.ts'"],
  ["'../../../functions/src/domain/screening/", "'../"],
  ["'../../../functions/src/domain/", "'../../"],
];

/** The code block below the name of the example. */
function shown(name: string): string {
  return GUIDE.split(`<!-- example: ${name} -->\n\`\`\`ts\n`)[1]?.split('```')[0] ?? '';
}

function tested(name: string): string {
  const text = readFileSync(inRepository(`tests/unit/docs/${name}`), 'utf8');
  return MOVED.reduce((moved, [from, to]) => moved.replaceAll(from, to), text);
}

describe('the guide', () => {
  it('shows the strategy that is tested here', () => {
    expect(shown('breakout.ts')).toBe(tested('breakout.ts'));
  });

  it('shows the parameters that are tested here, as they stand among the others', () => {
    const [, own = ''] = tested('breakout-params.ts').split('\n\n');
    expect(shown('breakout-params.ts')).toBe(own.replace('export const', 'const'));
  });

  it('names every reason for which an entry is filtered', () => {
    const codes = [...readFileSync(inRepository(`${SCREENING}entry-filters.ts`), 'utf8').matchAll(/refusal\('(\w+)'/g)].map(([, code]) => code);
    expect(codes.length).toBeGreaterThan(2);
    expect(codes.filter((code) => !GUIDE.includes(`| \`${code}\` |`))).toEqual([]);
  });

  it('names only files and indicators that exist', () => {
    const files = [...GUIDE.matchAll(/functions\/src\/[\w./-]+\.ts/g)].map(([file]) => file).filter((file) => !file.endsWith('/breakout.ts'));
    expect(files.length).toBeGreaterThan(1);
    expect(files.map((file) => readFileSync(inRepository(file), 'utf8').length > 0)).not.toContain(false);
  });
});

const wish = (closes: readonly number[], held: HeldPosition | null = null): StrategyWish => breakout.decide({ candles: candlesOf(closes), held }, PARAMS);

describe('the example', () => {
  const long = { positionSide: 'long', openedAt: 0 } as const;
  const short = { positionSide: 'short', openedAt: 0 } as const;

  it('asks for the range and the candle that leaves it', () => {
    expect(breakout.warmup(PARAMS)).toBe(4);
  });

  it.each([
    ['enters long above the range', [100, 100, 100, 101.5], { kind: 'enter', positionSide: 'long', value: 101.5, threshold: 101 }],
    ['enters short below the range', [100, 100, 100, 98.5], { kind: 'enter', positionSide: 'short', value: 98.5, threshold: 99 }],
    ['is silent inside the range and at its edge', [100, 100, 100, 101], { kind: 'none' }],
    ['enters nowhere on a price that is not a number', [100, 100, 100, Number.NaN], { kind: 'none' }],
  ])('%s', (_title, closes, expected) => {
    expect(wish(closes)).toMatchObject(expected);
  });

  it('closes at the middle of the range and holds beyond it', () => {
    expect(wish([100, 100, 100, 100], long)).toMatchObject({ kind: 'exit', positionSide: 'long', threshold: 100 });
    expect(wish([100, 100, 100, 100], short)).toMatchObject({ kind: 'exit', positionSide: 'short', threshold: 100 });
    expect([wish([100, 100, 100, 100.5], long).kind, wish([100, 100, 100, 99.5], short).kind]).toEqual(['none', 'none']);
  });
});
