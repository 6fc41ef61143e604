/** `npm start` as a user runs it: a process of its own, its output and its exit code. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { z } from 'zod';

const MAIN = join(import.meta.dirname, '../../../local/main.ts');

export interface StartResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** `killAt` ends the process with SIGKILL as soon as it prints that text. */
export function runStart(args: readonly string[], killAt?: string): Promise<StartResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [MAIN, ...args], { env: { ...process.env, METADATA_SERVER_DETECTION: 'none' } });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
      if (killAt !== undefined && stderr.includes(killAt)) child.kill('SIGKILL');
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
}

const summary = z.object({
  ticks: z.int(),
  signals: z.int(),
  intents: z.int(),
  vetoes: z.record(z.string(), z.int()),
  orders: z.int(),
  fills: z.object({ maker: z.int(), taker: z.int() }),
  feesUsd: z.string(),
  fundingUsd: z.string(),
  realizedPnlUsd: z.string(),
  navUsd: z.string(),
  maxDrawdownPct: z.string(),
  duplicates: z.int(),
  ledgerEqualsVenue: z.boolean(),
  stuck: z.int(),
  readsPerTick: z.number(),
  writesPerTick: z.number(),
  usdPerMonth: z.number(),
  orderListHash: z.string(),
  stateDocuments: z.array(z.string()),
  elapsedSeconds: z.number(),
});

/** The JSON object of the last line. Throws when it is not there or lacks a field. */
export function summaryOf(result: StartResult) {
  const last = result.stdout.trimEnd().split('\n').at(-1) ?? '';
  if (!last.startsWith('{')) throw new Error(`no summary on the last line: ${result.stdout}\n${result.stderr}`);
  return summary.parse(JSON.parse(last));
}
