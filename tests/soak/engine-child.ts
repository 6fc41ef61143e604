/**
 * The engine in a process of its own: the deployed functions, on the clients they are deployed with, in the time that
 * the soak tells. `node engine-child.ts BOOT`, with the servers in its environment and the soak at the other end of its channel.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { appendFileSync } from 'node:fs';
import { installHost } from '../../functions/src/compose/host.ts';
import type { Clock } from '../../functions/src/ports/clock.ts';
import { runMessage, runSchedule } from '../../local/host/functions-host.ts';
import { PROJECT } from '../../local/host/stack.ts';
import { toEngine } from './messages.ts';
import type { FromEngine, Work } from './messages.ts';
import { soakConfig } from './soak-config.ts';

const boot = process.argv[2] ?? '';
const logFile = process.argv[3] ?? '';
const calls = new AsyncLocalStorage<number>();
const asleep = new Map<number, () => void>();
let now = 0;
let sleeps = 0;
let runs = 0;

const clock: Clock = {
  now: () => now,
  sleep: async (ms) => {
    const call = calls.getStore();
    if (ms <= 0 || call === undefined) return;
    const sleep = (sleeps += 1);
    const woken = new Promise<void>((resolve) => asleep.set(sleep, resolve));
    tell({ kind: 'sleeps', call, sleep, ms });
    await woken;
  },
};

function tell(word: FromEngine): void {
  process.send?.(word);
}

installHost({
  clock,
  newRunId: () => `run-${boot}-${(runs += 1)}`,
  logSink: (severity, message, fields) => appendFileSync(logFile, `${JSON.stringify({ at: new Date(now).toISOString(), boot, severity, message, ...fields })}\n`),
  configText: soakConfig().text,
  step: (name, effect) => {
    tell({ kind: 'step', name });
    return effect();
  },
});
const functions = await import('../../functions/src/index.ts');

async function work(asked: Work): Promise<void> {
  if (asked.kind === 'job') return runSchedule(functions[asked.job], asked.job, asked.now);
  const topic = asked.subscription.split('/').at(-1) ?? '';
  const woken = topic === 'order-intents' ? functions.execute : functions.confirm;
  const message = { ...asked.message, data: Buffer.from(asked.message.data, 'base64') };
  return runMessage(woken, `projects/${PROJECT}/topics/${topic}`, asked.subscription, message);
}

process.on('message', (word: unknown) => {
  const heard = toEngine.parse(word);
  now = heard.now;
  if (heard.kind === 'woken') {
    asleep.get(heard.sleep)?.();
    asleep.delete(heard.sleep);
    return;
  }
  const { call } = heard;
  calls.run(call, work, heard).then(
    () => tell({ kind: 'done', call }),
    (error: unknown) => tell({ kind: 'failed', call, reason: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
  );
});
tell({ kind: 'ready' });
