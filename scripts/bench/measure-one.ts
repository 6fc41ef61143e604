/** `node scripts/bench/measure-one.ts name`: one measurement; its figures, or what went wrong, as one line of JSON. */
import type { MeasurementReport } from './measurement-report.ts';
import { MEASUREMENTS } from './measurements.ts';

const name = process.argv[2] ?? '';
process.stdout.write(`${JSON.stringify(await report())}\n`);
// A failed measurement may leave servers that would keep the process alive.
process.exit();

async function report(): Promise<MeasurementReport> {
  const measure = MEASUREMENTS[name];
  if (measure === undefined) return { failed: `no measurement is called ${JSON.stringify(name)}; there are ${Object.keys(MEASUREMENTS).join(', ')}` };
  try {
    return { figures: [...(await measure())] };
  } catch (error) {
    return { failed: error instanceof Error ? error.message : String(error) };
  }
}
