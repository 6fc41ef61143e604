/** `portcullis flatten` on a local run that has ended and whose dashboard is still up: from the command line to a flat account. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { inRepository } from '../../../scripts/deployable/repository.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { launched } from './launched.ts';

const cleanUp = new AsyncDisposableStack();
afterAll(() => cleanUp.disposeAsync());

const positions = z.object({ atVenue: z.object({ items: z.array(z.object({ symbol: z.string() })), ledgerAgrees: z.boolean().nullable() }) });

let folder = '';
let url = '';
let end: () => Promise<unknown>;

beforeAll(async () => {
  folder = await temporaryFolder(cleanUp);
  // After half an hour the generated market has led to a short of BTCUSDT and a long of SOLUSDT.
  const child = spawn(process.execPath, [inRepository('local/main.ts'), '--hours', '0.5', '--dashboard', '--data', folder], { env: { ...process.env, METADATA_SERVER_DETECTION: 'none' } });
  cleanUp.defer(() => void child.kill('SIGKILL'));
  const said = { text: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said.text += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said.text += text));
  while (!said.text.includes('until Ctrl-C')) await once(child.stderr, 'data');
  url = /dashboard +(http:\/\/127\.0\.0\.1:\d+)\//.exec(said.text)?.[1] ?? '';
  end = async () => {
    child.kill('SIGINT');
    await once(child, 'close');
  };
}, 120_000);

const run = (...args: readonly string[]) => launched(args, { PORTCULLIS_CONTROL_URL: `${url}/api/control` });

/** What the venue holds, as the last sync has seen it. */
async function held(): Promise<readonly string[]> {
  const response = await fetch(`${url}/api/control`, { method: 'POST', headers: { 'content-type': 'application/json', origin: url }, body: JSON.stringify({ verb: 'positions' }) });
  const { atVenue } = positions.parse(await response.json());
  expect(atVenue.ledgerAgrees).not.toBe(false);
  return atVenue.items.map(({ symbol }) => symbol);
}

async function heldIs(symbols: readonly string[]): Promise<void> {
  await expect.poll(held, { timeout: 30_000 }).toEqual(symbols);
}

describe('flatten, on a run whose dashboard is still up', () => {
  it('closes the position that is named, then all that is left, and once however often it is asked', { timeout: 120_000 }, async () => {
    await heldIs(['BTCUSDT', 'SOLUSDT']);

    const one = await run('flatten', '--symbol', 'BTCUSDT', '--reason', 'taking it off', '--request-id', 'request-one');
    expect(one).toMatchObject({ code: 0, problems: '' });
    expect(one.out).toMatch(/^control at http:.*: flatten BTCUSDT\n1 position is being closed\n {2}close BTCUSDT short 0\.009: intent \w+, pending\n\nrequest request-one, /);
    await heldIs(['SOLUSDT']);

    const again = await run('flatten', '--symbol', 'BTCUSDT', '--reason', 'taking it off', '--request-id', 'request-one');
    expect(again.out).toContain('nothing was done twice');

    const all = await run('flatten', '--all', '--reason', 'the end of it', '--json');
    expect(JSON.parse(all.out)).toMatchObject({ verb: 'flatten', flatten: { closes: [{ symbol: 'SOLUSDT', positionSide: 'long', isNew: true }] } });
    await heldIs([]);
    expect((await run('flatten', '--all', '--reason', 'once more')).out).toContain('nothing is open and nothing is under way');

    await end();
    const trades = await launched(['export', 'trades', '--data', folder]);
    expect(trades.out.split('\n').slice(1, -1).map((row) => row.split(',').slice(2, 6).join(' ')).toSorted()).toEqual(['BTCUSDT short zscore-5m intent', 'SOLUSDT long zscore-5m intent']);
    expect((await launched(['status', '--data', folder])).out).toContain('positions: 0, gross 0.00 USD, net 0.00 USD, ledger equals the venue');
  });
});
