/** What the guides promise to cover, against the code: a new veto, incident, verb or refusal needs a word in them. */
import { createHmac } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { REFUSAL_CODES } from '../../../functions/src/app/requests/refusal.ts';
import { VETO_DEFINITIONS } from '../../../functions/src/domain/risk/veto-code.ts';
import { incidentRecord } from '../../../functions/src/schema/records/incident.ts';
import { actRequest, readRequest } from '../../../functions/src/schema/requests/control-request.ts';
import { signalRequest } from '../../../functions/src/schema/requests/signal-request.ts';
import { KEY_HEADER, SIGNATURE_HEADER, TIMESTAMP_HEADER, signerOf } from '../../../functions/src/triggers/http/signature.ts';
import { inRepository } from '../../../scripts/deployable/repository.ts';
import { sourceTexts } from '../../../scripts/sources/source-text.ts';

const textOf = (path: string): string => readFileSync(inRepository(path), 'utf8');

describe('the operator guide', () => {
  const guide = textOf('docs/operator-guide.md');

  it('has a paragraph for every kind of incident', () => {
    expect(incidentRecord.shape.kind.options.filter((kind) => !guide.includes(`### ${kind}\n`))).toEqual([]);
  });

  it('has a family for every veto, and names none that does not exist', () => {
    const codes: readonly string[] = VETO_DEFINITIONS.map(({ code }) => code);
    const [, table = ''] = guide.split('## After a refusal');
    const named = [...(table.split('## Restart')[0] ?? '').matchAll(/`([a-z]+(?:_[a-z]+)+|cooldown)`/g)].map(([, code]) => code ?? '');
    expect(codes.filter((code) => !named.includes(code))).toEqual([]);
    expect(named.filter((code) => !codes.includes(code))).toEqual([]);
  });
});

describe('the page of control', () => {
  const page = textOf('docs/control-api.md');

  it('has every verb with everything it takes', () => {
    for (const { shape } of [...readRequest.options, ...actRequest.options]) {
      const row = page.split('\n').find((line) => line.startsWith('| `') && line.includes(`\`${shape.verb.value}\``)) ?? '';
      expect(Object.keys(shape).filter((field) => field !== 'verb' && !row.includes(`\`${field}\``))).toEqual([]);
      expect(row).not.toBe('');
    }
  });

  it('and that of outside signals have every refusal between them', () => {
    const both = `${page}${textOf('docs/outside-signals.md')}`;
    expect(REFUSAL_CODES.filter((code) => !both.includes(`\`${code}\``))).toEqual([]);
  });
});

describe('the page of outside signals', () => {
  const page = textOf('docs/outside-signals.md');

  it('shows a signal that is one', () => {
    const shown = /```json\n(.*?)```/s.exec(page)?.[1] ?? '';
    expect(signalRequest.safeParse(JSON.parse(shown)).error).toBeUndefined();
  });

  it('shows how to sign so that it is accepted', () => {
    const body = /body='([^']+)'/.exec(page)?.[1] ?? '';
    const [, format = ''] = /printf '(v1\.%s\.%s)'/.exec(page) ?? [];
    const digest = createHmac('sha256', 's'.repeat(64)).update(format.replace('%s', '1768478400').replace('%s', body)).digest('hex');
    const headers: Readonly<Record<string, string>> = { [KEY_HEADER]: 'model-a', [TIMESTAMP_HEADER]: '1768478400', [SIGNATURE_HEADER]: `v1=${digest}` };
    const call = { method: 'POST', rawBody: Buffer.from(body), header: (name: string) => headers[name] ?? null };
    expect(signerOf(call, { keys: { 'model-a': 's'.repeat(64) }, windowMs: 300_000, now: 1_768_478_400_000 })).toEqual({ kind: 'signer', keyId: 'model-a' });
    expect([KEY_HEADER, TIMESTAMP_HEADER, SIGNATURE_HEADER].filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
  });
});

describe('the documents', () => {
  it('are all in the index', () => {
    const index = textOf('docs/README.md');
    const pages = readdirSync(inRepository('docs')).filter((name) => name.endsWith('.md') && name !== 'README.md');
    expect(pages.filter((name) => !index.includes(`(${name})`))).toEqual([]);
  });

  it('number decisions without gaps, each in the list', () => {
    const list = textOf('docs/adr/README.md');
    const decisions = readdirSync(inRepository('docs/adr')).filter((name) => name !== 'README.md').toSorted();
    expect(decisions.map((name) => Number(name.slice(0, 4)))).toEqual(decisions.map((_, index) => index + 1));
    expect(decisions.filter((name) => !list.includes(`${Number(name.slice(0, 4))}. [`) || !list.includes(`(${name})`))).toEqual([]);
  });

  it('that the security model names as proof are there', () => {
    const proofs = [...textOf('docs/security-model.md').matchAll(/`((?:tests|deploy)\/[\w./-]+)`/g)].map(([, path]) => path ?? '');
    expect(proofs.length).toBeGreaterThan(8);
    expect(proofs.filter((path) => !existsSync(inRepository(path)))).toEqual([]);
  });

  it('that messages of the engine and its tools send people to are there', () => {
    const texts = sourceTexts('functions/src', 'local', 'scripts', 'dashboard/src').map(({ text }) => text);
    const named = new Set(texts.flatMap((text) => [...text.matchAll(/\bdocs\/[a-z-]+\.md/g)].map(([path]) => path)));
    expect(named.size).toBeGreaterThan(4);
    expect([...named].filter((path) => !existsSync(inRepository(path)))).toEqual([]);
  });
});
