import { createServer } from 'node:http';
import type { IncomingHttpHeaders, Server } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { afterAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createHttpSinks } from '../../../../functions/src/adapters/alerts-http/create-http-sinks.ts';
import { telegramSink } from '../../../../functions/src/adapters/alerts-http/telegram-sink.ts';
import { messageOf } from '../../../../functions/src/app/report/deliver.ts';
import type { AlertMessage } from '../../../../functions/src/ports/alert-sink.ts';
import { signerOf } from '../../../../functions/src/triggers/http/signature.ts';

const NOW = Date.UTC(2026, 0, 15, 12);
const clock = { now: () => NOW, sleep: () => Promise.resolve() };
const SECRET = 'a secret of more than thirty-two letters';

const cleanUp = new AsyncDisposableStack();
afterAll(() => cleanUp.disposeAsync());

interface Taken {
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly rawBody: Buffer;
}

/** Answers every request with `status`, or never. */
async function receiver(status: number | 'silence'): Promise<{ readonly origin: string; readonly taken: Taken[]; readonly close: () => Promise<void> }> {
  const taken: Taken[] = [];
  const server: Server = createServer((request, response) => {
    const answer = async (): Promise<void> => {
      taken.push({ url: request.url ?? '', headers: request.headers, rawBody: await buffer(request) });
      if (status !== 'silence') response.writeHead(status, { location: 'http://127.0.0.1:1/elsewhere' }).end('{}');
    };
    void answer();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = (): Promise<void> => new Promise((resolve) => {
    server.closeAllConnections();
    server.close(() => resolve());
  });
  cleanUp.defer(close);
  const { port } = z.object({ port: z.number() }).parse(server.address());
  return { origin: `http://127.0.0.1:${port}`, taken, close };
}

const MESSAGE: AlertMessage = messageOf(
  'navStale-abc',
  {
    summary: '', kind: 'navStale', severity: 'critical', subject: null, detail: 'NAV <!channel> & more', action: 'look', raisedAt: NOW, resolvedAt: null, reopened: 0,
    notice: { number: 2, kind: 'repeated', text: 'CRITICAL navStale: NAV <!channel> & more', at: NOW }, deliveries: {}, expireAt: NOW,
  },
  'prod~alpha',
  NOW,
);

const json = (raw: Buffer): unknown => JSON.parse(raw.toString('utf8'));

async function send(settings: Parameters<typeof createHttpSinks>[0], deadlineMs = 2000) {
  const sink = createHttpSinks(settings, clock, deadlineMs).get('ops');
  if (sink === undefined) throw new Error('there is no sink of that name');
  return sink.send(MESSAGE);
}

describe('a webhook', () => {
  it('gets the whole message, signed as outside signals are', async () => {
    const { origin, taken } = await receiver(204);
    expect(await send({ ops: { kind: 'webhook', url: `${origin}/hook`, secret: SECRET } })).toEqual({ kind: 'sent' });
    const [request] = taken;
    if (request === undefined) throw new Error('nothing was sent');
    expect(json(request.rawBody)).toEqual({ ...MESSAGE, id: 'navStale-abc-2', account: 'prod~alpha', notice: 'repeated' });
    const call = { method: 'POST', rawBody: request.rawBody, header: (name: string) => z.string().nullable().parse(request.headers[name] ?? null) };
    const rules = { keys: { ops: SECRET }, windowMs: 1000, now: NOW };
    expect(signerOf(call, rules)).toEqual({ kind: 'signer', keyId: 'ops' });
    expect(signerOf({ ...call, rawBody: Buffer.concat([request.rawBody, Buffer.from(' ')]) }, rules)).toMatchObject({ kind: 'refused' });
  });

  it.each([500, 404, 302])('that answers %s has not taken it', async (status) => {
    const { origin } = await receiver(status);
    expect(await send({ ops: { kind: 'webhook', url: origin, secret: SECRET } })).toEqual({ kind: 'failed', cause: `answered HTTP ${status}` });
  });

  it('that never answers is left at the deadline', async () => {
    const { origin } = await receiver('silence');
    expect(await send({ ops: { kind: 'webhook', url: origin, secret: SECRET } }, 50)).toEqual({ kind: 'failed', cause: 'no answer within 50 ms' });
  });

  it('that is not there is told without its address', async () => {
    const { origin, close } = await receiver(200);
    await close();
    expect(await send({ ops: { kind: 'webhook', url: `${origin}/secret-path`, secret: SECRET } })).toEqual({ kind: 'failed', cause: 'not reached: ECONNREFUSED' });
  });
});

describe('Slack', () => {
  it('gets the text, in which nothing is markup', async () => {
    const { origin, taken } = await receiver(200);
    expect(await send({ ops: { kind: 'slack', url: `${origin}/services/T/B/x` } })).toEqual({ kind: 'sent' });
    expect(taken.map(({ url, rawBody }) => [url, json(rawBody)])).toEqual([['/services/T/B/x', { text: '[prod~alpha] CRITICAL navStale: NAV &lt;!channel&gt; &amp; more' }]]);
  });
});

describe('Telegram', () => {
  it('gets the text for its chat from the bot', async () => {
    const { origin, taken } = await receiver(200);
    const sink = telegramSink({ botToken: '12345:token', chatId: '-100' }, 2000, origin);
    expect(await sink.send({ ...MESSAGE, text: 'x'.repeat(5000) })).toEqual({ kind: 'sent' });
    expect(taken.map(({ url, rawBody }) => [url, json(rawBody)])).toEqual([['/bot12345:token/sendMessage', { chat_id: '-100', text: 'x'.repeat(4096), link_preview_options: { is_disabled: true } }]]);
  });

  it('fails without repeating the token', async () => {
    const { origin } = await receiver(401);
    expect(await telegramSink({ botToken: '12345:token', chatId: '1' }, 2000, origin).send(MESSAGE)).toEqual({ kind: 'failed', cause: 'answered HTTP 401' });
  });
});
