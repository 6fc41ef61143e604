/** What a measuring process says on its last line, and how it is run and understood. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { figure } from './figure.ts';
import type { Figure } from './figure.ts';

const measurementReport = z.union([z.strictObject({ figures: z.array(figure) }), z.strictObject({ failed: z.string() })]);
export type MeasurementReport = z.infer<typeof measurementReport>;

/** Far above what any measurement takes on a busy machine. */
const TIMEOUT_MS = 400_000;

/** A replay is measured as `npm run replay` runs it. */
const FLAGS: Readonly<Record<string, readonly string[]>> = { replay: ['--max-semi-space-size=64', '--single-threaded-gc'] };

/** Runs one measurement in a process of its own. Throws Error, in one line, when it has no figures. */
export async function figuresOf(name: string): Promise<readonly Figure[]> {
  const output = await outputOf(name);
  const report = reportIn(output);
  if (report === null) throw new Error(`${name}: ended without a report; run node scripts/bench/measure-one.ts ${name}`);
  if ('failed' in report) throw new Error(`${name}: ${oneLine(report.failed)}`);
  return report.figures;
}

/** The report on the last line; null for anything else, such as that of a process that crashed. */
export function reportIn(output: string): MeasurementReport | null {
  const last = output.trimEnd().split('\n').at(-1) ?? '';
  try {
    const parsed = measurementReport.safeParse(JSON.parse(last));
    return parsed.success ? parsed.data : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

async function outputOf(name: string): Promise<string> {
  const script = join(import.meta.dirname, 'measure-one.ts');
  const env = { ...process.env, METADATA_SERVER_DETECTION: 'none', TZ: 'UTC' };
  try {
    const { stdout } = await promisify(execFile)(process.execPath, ['--expose-gc', ...(FLAGS[name] ?? []), script, name], { env, timeout: TIMEOUT_MS });
    return stdout;
  } catch (error) {
    throw new Error(`${name}: ${failureOf(error)}; run node scripts/bench/measure-one.ts ${name}`, { cause: error });
  }
}

function failureOf(error: unknown): string {
  const { killed, stderr } = z.object({ killed: z.boolean().optional(), stderr: z.string().optional() }).parse(error);
  if (killed === true) return `took longer than ${TIMEOUT_MS / 1000} s`;
  return oneLine(stderr?.split('\n').find((line) => line.includes('Error')) ?? 'the process ended badly');
}

const oneLine = (text: string): string => text.replaceAll(/\s*\n\s*/g, '; ');
