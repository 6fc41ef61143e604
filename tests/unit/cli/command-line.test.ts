import { describe, expect, it } from 'vitest';
import { parseCommandLine } from '../../../functions/src/cli/command-line.ts';
import { VERBS } from '../../../functions/src/cli/verb-table.ts';
import { OperatorError } from '../../../functions/src/cli/operator-error.ts';
const ALLOWED = [...VERBS.map(({ name }) => name), 'help'].join(', ');
const targetOf = (...args: readonly string[]) => parseCommandLine(['status', ...args]).target;
const asked = (...args: readonly string[]) => parseCommandLine([...args, '--reason', 'why not']).command;
const exported = (...args: readonly string[]) => parseCommandLine(['export', 'fills', ...args]).command;

describe('a command line', () => {
  it('without a word asks for help', () => {
    expect(parseCommandLine([])).toEqual({ command: { verb: 'help', about: null }, json: false, env: null, target: { kind: 'environment' } });
  });

  it('may carry --help anywhere', () => {
    expect(parseCommandLine(['status', '--help']).command).toEqual({ verb: 'help', about: 'status' });
  });

  it('names whose records and how they are told', () => {
    expect(parseCommandLine(['status', '--env', 'testnet', '--json', '--data', 'here'])).toEqual({ command: { verb: 'status' }, json: true, env: 'testnet', target: { kind: 'local', folder: 'here' } });
  });

  it('asks why for the last 5 decisions, or as many as it says', () => {
    expect(parseCommandLine(['why', 'BTCUSDT']).command).toEqual({ verb: 'why', symbol: 'BTCUSDT', last: 5 });
    expect(parseCommandLine(['why', 'BTCUSDT', '--last', '20']).command).toMatchObject({ last: 20 });
  });

  it('lists open alerts, or all of them', () => {
    expect(parseCommandLine(['alerts']).command).toEqual({ verb: 'alerts', all: false });
    expect(parseCommandLine(['alerts', '--all']).command).toEqual({ verb: 'alerts', all: true });
  });

  it('takes a symbol in small letters for the symbol', () => {
    expect(parseCommandLine(['why', 'btcusdt']).command).toMatchObject({ symbol: 'BTCUSDT' });
  });

  it('probes the venue when it names no entry', () => {
    expect(parseCommandLine(['probe']).command).toEqual({ verb: 'probe venue' });
  });

  it('probes a side, with size and price only when they are given', () => {
    expect(parseCommandLine(['probe', 'BTCUSDT', 'short']).command).toEqual({ verb: 'probe', symbol: 'BTCUSDT', positionSide: 'short', notional: null, price: null });
    expect(parseCommandLine(['probe', 'BTCUSDT', 'long', '--notional', '250.5', '--price', '64000']).command).toMatchObject({ notional: '250.5', price: '64000' });
  });

  it('takes the place of the records from one option', () => {
    expect(targetOf('--local')).toEqual({ kind: 'local', folder: null });
    expect(targetOf('--local', '--data', 'here')).toEqual({ kind: 'local', folder: 'here' });
    expect(targetOf('--emulator')).toEqual({ kind: 'emulator' });
    expect(targetOf('--project', 'my-project')).toEqual({ kind: 'project', id: 'my-project' });
  });

  it('makes a request of control of every verb that changes something', () => {
    expect(asked('halt', '--minutes', '5')).toEqual({ verb: 'act', requestId: null, asked: { verb: 'halt', reason: 'why not', minutes: 5 } });
    expect(asked('resume', '--request-id', 'request-1')).toEqual({ verb: 'act', requestId: 'request-1', asked: { verb: 'resume', reason: 'why not' } });
    expect(asked('flatten', '--all')).toMatchObject({ asked: { verb: 'flatten', symbol: null, positionSide: null } });
    expect(asked('flatten', '--symbol', 'btcusdt', '--side', 'short')).toMatchObject({ asked: { symbol: 'BTCUSDT', positionSide: 'short' } });
    expect(asked('disable', 'BTCUSDT')).toMatchObject({ asked: { verb: 'disable-symbol', symbol: 'BTCUSDT', hours: null } });
    expect(asked('enable', 'BTCUSDT')).toMatchObject({ asked: { verb: 'enable-symbol', symbol: 'BTCUSDT' } });
    expect(asked('ack-alert', 'ledgerMismatch-a')).toMatchObject({ asked: { verb: 'acknowledge', incidentId: 'ledgerMismatch-a' } });
  });

  it('reads days of UTC and times with a zone', () => {
    expect(exported('--from', '2026-01-31', '--to', '2026-02-01T12:00+02:00')).toMatchObject({ from: Date.UTC(2026, 0, 31), to: Date.UTC(2026, 1, 1, 10) });
  });

  it.each([
    [['halt'], '--reason is missing: say why in a few words, as in --reason "over the news"'],
    [['status', '--local', '--emulator'], 'only one of --local (or --data), --emulator and --project can be the place of the records'],
    [['status', '--project', 'My'], '--project "My": allowed is the id of a Firebase project, such as my-project-1234'],
    [['flatten', '--reason', 'why not'], 'flatten needs one of --symbol SYMBOL and --all'],
    [['flatten', '--all', '--symbol', 'BTCUSDT', '--reason', 'why not'], 'flatten needs one of --symbol SYMBOL and --all'],
    [['flatten', '--all', '--side', 'long', '--reason', 'why not'], '--side needs --symbol; with --all both sides are closed'],
    [['halt', '--reason', 'why not', '--minutes', '1.5'], '--minutes "1.5": allowed is a whole number from 1 to 525600'],
    [['halt', '--reason', 'why not', '--request-id', 'a/b'], '--request-id "a/b": allowed are 8 to 64 letters, digits and hyphens, as an earlier request has shown them'],
    [['export'], 'kind of export is missing; allowed: fills, trades, attribution'],
    [['probe', 'BTCUSDT'], 'side of probe is missing; allowed: long, short'],
    [['probe', 'BTCUSDT', 'long', '--notional', '-5'], '--notional needs a value; one that begins with a dash is written --notional=-...; see portcullis help'],
    [['status', '--json=1'], '--json takes no value; see portcullis help'],
    [['export', 'fils'], 'kind of export "fils" is not known; allowed: fills, trades, attribution; did you mean fills?'],
    [['export', 'fills', '--from', '2026-02-30'], '--from "2026-02-30": allowed is a day of UTC such as 2026-01-31, or a time with its zone such as 2026-01-31T12:00Z'],
    [['export', 'fills', '--from', '2026-01-31T12:00'], '--from "2026-01-31T12:00": allowed is a day of UTC such as 2026-01-31, or a time with its zone such as 2026-01-31T12:00Z'],
    [['export', 'fills', '--from', '2026-01-02', '--to', '2026-01-02'], '--to must be later than --from'],
    [['data'], 'command "data" is not known; allowed: data download'],
    [['data', 'download', '--symbols', 'BTCUSDT'], 'data download needs --symbols, --from and --to, for example portcullis data download --symbols BTCUSDT --from 2026-01-01 --to 2026-01-08'],
    [['status', '--symbols', 'BTCUSDT'], '--symbols belongs to replay and data download and init, not to status; see portcullis status --help'],
    [['replay', '--from', 'here', '--seed', '2'], '--from takes the market of its run; leave out --seed, --hours and --symbols'],
    [['halt', '--reason', 'why not', 'now'], 'halt does not take "now"; see portcullis halt --help'],
    [['stats'], `command "stats" is not known; allowed: ${ALLOWED}; did you mean status?`],
    [['status', 'BTCUSDT'], 'status does not take "BTCUSDT"; see portcullis status --help'],
    [['status', '--last', '3'], '--last belongs to why, not to status; see portcullis status --help'],
    [['why', 'BTCUSDT', '--notional', '3'], '--notional belongs to probe, not to why; see portcullis why --help'],
    [['status', '--live'], '--live is not an option; see portcullis help'],
    [['status', '--env', 'live'], '--env "live" is not known; allowed: paper, testnet, prod'],
    [['why'], 'why needs a symbol, for example portcullis why BTCUSDT'],
    [['why', 'BTCUSDT', '--last', '0'], '--last "0": allowed is a whole number from 1 to 100'],
    [['why', 'BTCUSDT', '--last', '2.5'], '--last "2.5": allowed is a whole number from 1 to 100'],
    [['probe', 'BTCUSDT', 'logn'], 'side of probe "logn" is not known; allowed: long, short; did you mean long?'],
    [['probe', 'BTCUSDT', 'long', '--notional', '0'], '--notional "0": allowed is an amount of US dollars above zero such as 250'],
    [['probe', 'BTCUSDT', 'long', '--notional', '1e3'], '--notional "1e3": allowed is an amount of US dollars above zero such as 250'],
    [['probe', 'BTCUSDT', 'long', '--price', 'high'], '--price "high": allowed is a price above zero such as 64250.5'],
  ])('is refused: %j', (args, message) => {
    expect(() => parseCommandLine(args)).toThrow(new OperatorError(message));
  });
});
