import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { Binanceusdm } from '../../../../functions/src/adapters/venue-ccxt/ccxt-class.ts';

test('the deep import gives the Binance USD-M class of the ccxt version that was examined', () => {
  const manifest = createRequire(import.meta.url).resolve('ccxt').replace(/(.*\/node_modules\/ccxt\/).*/, '$1package.json');
  const { version } = z.object({ version: z.string() }).parse(JSON.parse(readFileSync(manifest, 'utf8')));
  expect({ id: new Binanceusdm().id, version }).toEqual({ id: 'binanceusdm', version: '4.5.84' });
});
