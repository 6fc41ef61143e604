import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { indexOutcome, rulesOutcome } from '../../../../scripts/deploy-check/firestore-access.ts';
import { inRepository } from '../../../../scripts/deployable/repository.ts';

const RULES = readFileSync(inRepository('firestore.rules'), 'utf8');

describe('the rules before a deploy', () => {
  it('pass as they are committed', async () => {
    expect(await rulesOutcome(RULES)).toMatchObject({ ok: true });
  });

  it.each([
    ['a write by operators', RULES.replace('allow read: if mayRead();', 'allow read, create: if mayRead();'), 'hedge/paper/attribution/an-id can be written'],
    ['a read by anybody', RULES.replace('allow read: if mayRead();', 'allow read: if true;'), 'can be read by anybody'],
    ['a read by nobody', RULES.replace('allow read: if mayRead();', 'allow read: if false;'), 'a viewer cannot read'],
    ['what they cannot be read for', RULES.replace('service cloud.firestore', 'service cloud.storage'), 'was expected'],
  ])('are refused for %s', async (_title, text, problem) => {
    expect(await rulesOutcome(text)).toMatchObject({ ok: false, found: expect.stringContaining(problem) });
  });
});

describe('the indexes before a deploy', () => {
  it('are refused when a query has none, which is named with its place', async () => {
    expect(await indexOutcome({ indexes: [], fieldOverrides: [] })).toMatchObject({ ok: false, found: expect.stringMatching(/outbox at functions\/src\/app\/[\w/-]+\.ts:\d+: .*requires an index/) });
  });

  it('are refused when firebase would refuse the file', async () => {
    expect(await indexOutcome({ indexes: [{}], fieldOverrides: [] })).toMatchObject({ ok: false });
  });
});
