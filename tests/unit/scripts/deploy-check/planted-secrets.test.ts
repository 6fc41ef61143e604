import { expect, it } from 'vitest';
import { secretsIn } from '../../../../scripts/deploy-check/planted-secrets.ts';

/** Put together here, so that no file holds what looks like one. */
const letters = (count: number): string => 'aB3dE6gH9k'.repeat(Math.ceil(count / 10)).slice(0, count);

it.each([
  ['a venue key', `{"apiKey": "${letters(64)}"}`],
  ['a venue key', `apiSecret: '${letters(64)}'`],
  ['a private key', `${['-----BEGIN', 'PRIVATE', 'KEY-----'].join(' ')}\n${letters(64)}`],
  ['a Google API key', `key=${['AI', 'za'].join('')}${letters(35)}`],
  ['a GitHub token', `${['gh', 'p_'].join('')}${letters(36)}`],
  ['a Telegram bot token', `12345678:${['A', 'A'].join('')}${letters(33)}`],
])('%s is found', (what, text) => {
  expect(secretsIn(text)).toEqual([what]);
});

it('hashes, ids and short stand-ins of tests are none', () => {
  expect(secretsIn(`apiKey: 'test-key' sha256-${letters(64)} {"apiSecret": "…"} order list ${letters(64)}`)).toEqual([]);
});
