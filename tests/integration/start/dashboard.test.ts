/** `npm start -- --dashboard` as a user runs it: page, figures and control from one address, until Ctrl-C. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const MAIN = join(import.meta.dirname, '../../../local/main.ts');
const DOCUMENTS = 'projects/demo-portcullis/databases/(default)/documents';

describe('npm start -- --dashboard', () => {
  it('serves page, records and control, stays up after the run, and ends at Ctrl-C', { timeout: 60_000 }, async () => {
    await using cleanUp = new AsyncDisposableStack();
    const folder = await temporaryFolder(cleanUp);
    const child = spawn(process.execPath, [MAIN, '--hours', '0.1', '--dashboard', '--data', folder], { env: { ...process.env, METADATA_SERVER_DETECTION: 'none' } });
    cleanUp.defer(() => void child.kill('SIGKILL'));
    const said = { text: '' };
    child.stdout.setEncoding('utf8').on('data', (text: string) => (said.text += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (said.text += text));
    while (!said.text.includes('until Ctrl-C')) await once(child.stderr, 'data');
    const url = /dashboard +(http:\/\/127\.0\.0\.1:\d+\/)/.exec(said.text)?.[1] ?? '';

    expect(await (await fetch(url)).text()).toContain('<title>Portcullis</title>');
    const post = async (path: string, body: object): Promise<unknown> => {
      const response = await fetch(`${url}${path}`, { method: 'POST', headers: { 'content-type': 'application/json', origin: url.slice(0, -1) }, body: JSON.stringify(body) });
      return response.json();
    };
    expect(await post('api/control', { verb: 'reduce', requestId: 'request-0001', reason: 'too hot', minutes: null })).toMatchObject({ verb: 'reduce', repeated: false });
    const read = await post(`v1/${DOCUMENTS}:batchGet`, { documents: [`${DOCUMENTS}/hedge/paper/control/trading`, `${DOCUMENTS}/hedge/paper/state/nav`] });
    expect(read).toMatchObject([{ found: { fields: { state: { stringValue: 'REDUCING' } } } }, { found: { fields: { health: { stringValue: 'ok' } } } }]);

    const foreign = await fetch(`${url}api/control`, { method: 'POST', headers: { 'content-type': 'application/json', origin: 'https://elsewhere.example' }, body: JSON.stringify({ verb: 'resume', requestId: 'request-0002', reason: 'not ours' }) });
    expect(foreign.status).toBe(403);

    child.kill('SIGINT');
    const [code] = await once(child, 'close');
    expect(code).toBe(0);
  });
});
