import type { ExportCommand } from '../command.ts';
import { OperatorError } from '../operator-error.ts';
import { wordOf } from '../typed.ts';
import type { Verb } from './verb.ts';

const KINDS: readonly ExportCommand['what'][] = ['fills', 'trades', 'attribution'];

export const EXPORT: Verb = {
  name: 'export',
  group: 'take out',
  operands: 'fills|trades|attribution',
  mostOperands: 1,
  summary: 'records as CSV for taxes and analysis, amounts to the last digit',
  options: [
    { name: 'from', value: 'TIME', text: 'from this day or time on (default: the first record)' },
    { name: 'to', value: 'TIME', text: 'up to and without this day or time (default: the last record)' },
    { name: 'out', value: 'FILE', text: 'write to a file, which must not exist (default: the standard output)' },
  ],
  hasTarget: true,
  more: ['A row of fills is a trade at the venue, of trades a round trip from flat to flat with its fees and funding, of attribution an intent from signal to result. The columns are in docs/cli.md.'],
  example: 'portcullis export fills --from 2026-01-01 --to 2027-01-01 --out fills-2026.csv',
  read: (typed) => {
    const what = wordOf('kind of export', typed.operands[0] ?? '', KINDS);
    const [from, to] = [typed.time('from'), typed.time('to')];
    if (from !== null && to !== null && from >= to) throw new OperatorError('--to must be later than --from');
    return { verb: 'export', what, from, to, out: typed.text('out') };
  },
};
