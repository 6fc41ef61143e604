/** The verbs that change something. Each is a request of `control`, with a reason, and leaves an audit entry. */
import { requestIdText } from '../../schema/requests/control-request.ts';
import { positionSide } from '../../schema/scalars.ts';
import type { ActAsked, Command } from '../command.ts';
import { OperatorError } from '../operator-error.ts';
import type { Typed } from '../typed.ts';
import type { Verb, VerbOption } from './verb.ts';

const MINUTES_PER_YEAR = 525_600;
const HOURS_PER_YEAR = 8760;

const REASON: VerbOption = { name: 'reason', value: 'TEXT', text: 'why, for the audit (required)' };
const REQUEST_ID: VerbOption = { name: 'request-id', value: 'ID', text: 'the id of an earlier request, to send that one again: it is done at most once' };
const MINUTES: VerbOption = { name: 'minutes', value: 'N', text: 'for so long, then ACTIVE again (default: until resume)' };

const AUDITED = 'What was changed is shown before and after, and kept in control/trading/audit with who asked and why.';
const ACTS = { group: 'act', operands: '', mostOperands: 0, options: [REASON, REQUEST_ID], hasTarget: true, more: [AUDITED] } as const;

const halt: Verb = {
  ...ACTS,
  name: 'halt',
  summary: 'send nothing at all, exits included; stops at the venue stay',
  options: [REASON, MINUTES, REQUEST_ID],
  example: 'portcullis halt --reason "the venue misbehaves" --minutes 30',
  read: (typed) => asked(typed, (reason) => ({ verb: 'halt', reason, minutes: minutesOf(typed) })),
};

const reduce: Verb = {
  ...ACTS,
  name: 'reduce',
  summary: 'send exits only; stops at the venue stay',
  options: [REASON, MINUTES, REQUEST_ID],
  example: 'portcullis reduce --reason "over the news" --minutes 120',
  read: (typed) => asked(typed, (reason) => ({ verb: 'reduce', reason, minutes: minutesOf(typed) })),
};

const resume: Verb = {
  ...ACTS,
  name: 'resume',
  summary: 'send entries and exits again',
  example: 'portcullis resume --reason "all well"',
  read: (typed) => asked(typed, (reason) => ({ verb: 'resume', reason })),
};

const flatten: Verb = {
  ...ACTS,
  name: 'flatten',
  summary: 'stop entries and close the positions of a symbol, or all of them',
  options: [
    { name: 'symbol', value: 'SYMBOL', text: 'this symbol alone' },
    { name: 'side', value: 'long|short', text: 'with --symbol: this side alone' },
    { name: 'all', value: null, text: 'everything in the account' },
    REASON,
    REQUEST_ID,
  ],
  more: ['One of --symbol and --all must be said. While trading is HALTED nothing is sent: reduce first, then flatten.', AUDITED],
  example: 'portcullis flatten --symbol BTCUSDT --reason "taking it off"',
  read: (typed) => asked(typed, (reason) => ({ verb: 'flatten', reason, ...scopeOf(typed) })),
};

const disable: Verb = {
  ...ACTS,
  name: 'disable',
  operands: 'SYMBOL',
  mostOperands: 1,
  summary: 'no entries on a symbol; exits go on',
  options: [REASON, { name: 'hours', value: 'N', text: 'for so long (default: until enable)' }, REQUEST_ID],
  example: 'portcullis disable BTCUSDT --hours 24 --reason "delisting rumour"',
  read: (typed) => asked(typed, (reason) => ({ verb: 'disable-symbol', reason, symbol: symbolOf(typed, 'disable'), hours: typed.count('hours', 1, HOURS_PER_YEAR) })),
};

const enable: Verb = {
  ...ACTS,
  name: 'enable',
  operands: 'SYMBOL',
  mostOperands: 1,
  summary: 'entries on a symbol again, as far as operators are concerned',
  example: 'portcullis enable BTCUSDT --reason "listing confirmed"',
  read: (typed) => asked(typed, (reason) => ({ verb: 'enable-symbol', reason, symbol: symbolOf(typed, 'enable') })),
};

const acknowledge: Verb = {
  ...ACTS,
  name: 'ack-alert',
  operands: 'ID',
  mostOperands: 1,
  summary: 'say that somebody has seen an alert or an incident; it stays open until what is wrong has gone',
  more: ['portcullis alerts shows the ids of open alerts and incidents. Its sinks hear no more of an alert that was seen until it is over; an incident about an event, such as a liquidation, ends so.', AUDITED],
  example: 'portcullis ack-alert ledgerMismatch-BTCUSDT-long --reason "looking into it"',
  read: (typed) => asked(typed, (reason) => ({ verb: 'acknowledge', reason, incidentId: typed.operand(0, 'ack-alert needs an id; portcullis alerts lists them') })),
};

export const ACTING: readonly Verb[] = [halt, reduce, resume, flatten, disable, enable, acknowledge];

function asked(typed: Typed, ask: (reason: string) => ActAsked): Command {
  const request = ask(typed.needed('reason', 'say why in a few words, as in --reason "over the news"'));
  return { verb: 'act', asked: request, requestId: requestIdOf(typed) };
}

function requestIdOf(typed: Typed): string | null {
  const id = typed.text('request-id');
  if (id === null || requestIdText.safeParse(id).success) return id;
  throw new OperatorError(`--request-id ${JSON.stringify(id)}: allowed are 8 to 64 letters, digits and hyphens, as an earlier request has shown them`);
}

const minutesOf = (typed: Typed): number | null => typed.count('minutes', 1, MINUTES_PER_YEAR);

const symbolOf = (typed: Typed, verb: string): string => typed.symbol(0, `${verb} needs a symbol, for example portcullis ${verb} BTCUSDT --reason "why"`);

/** Everything is closed only by whoever says so. */
function scopeOf(typed: Typed): Pick<Extract<ActAsked, { verb: 'flatten' }>, 'symbol' | 'positionSide'> {
  const [symbol = null, another] = typed.symbols('symbol') ?? [];
  const side = typed.word('side', positionSide.options);
  if (another !== undefined) throw new OperatorError('--symbol takes one symbol; flatten them one by one, or say --all');
  if ((symbol !== null) === typed.has('all')) throw new OperatorError('flatten needs one of --symbol SYMBOL and --all');
  if (symbol === null && side !== null) throw new OperatorError('--side needs --symbol; with --all both sides are closed');
  return { symbol, positionSide: side };
}
