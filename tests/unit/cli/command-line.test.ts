import { describe, expect, it } from 'vitest';
import { parseCommandLine } from '../../../functions/src/cli/command-line.ts';
import { VERBS } from '../../../functions/src/cli/verb-table.ts';
import { OperatorError } from '../../../functions/src/cli/operator-error.ts';

const ALLOWED = [...VERBS.map(({ name }) => name), 'help'].join(', ');

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

  it('takes a symbol in small letters for the symbol', () => {
    expect(parseCommandLine(['why', 'btcusdt']).command).toMatchObject({ symbol: 'BTCUSDT' });
  });

  it('probes a side, with size and price only when they are given', () => {
    expect(parseCommandLine(['probe', 'BTCUSDT', 'short']).command).toEqual({ verb: 'probe', symbol: 'BTCUSDT', positionSide: 'short', notional: null, price: null });
    expect(parseCommandLine(['probe', 'BTCUSDT', 'long', '--notional', '250.5', '--price', '64000']).command).toMatchObject({ notional: '250.5', price: '64000' });
  });

  it.each([
    [['stats'], `command "stats" is not known; allowed: ${ALLOWED}; did you mean status?`],
    [['status', 'BTCUSDT'], 'status does not take "BTCUSDT"; see portcullis status --help'],
    [['status', '--last', '3'], '--last belongs to why, not to status; see portcullis status --help'],
    [['why', 'BTCUSDT', '--notional', '3'], '--notional belongs to probe, not to why; see portcullis why --help'],
    [['status', '--live'], "Unknown option '--live'; see portcullis help"],
    [['status', '--env', 'live'], '--env "live" is not known; allowed: paper, testnet, prod'],
    [['why'], 'why needs a symbol, for example portcullis why BTCUSDT'],
    [['why', 'BTCUSDT', '--last', '0'], '--last "0": allowed is a whole number from 1 to 100'],
    [['why', 'BTCUSDT', '--last', '2.5'], '--last "2.5": allowed is a whole number from 1 to 100'],
    [['probe', 'BTCUSDT'], 'side of probe "" is not known; allowed: long, short'],
    [['probe', 'BTCUSDT', 'logn'], 'side of probe "logn" is not known; allowed: long, short; did you mean long?'],
    [['probe', 'BTCUSDT', 'long', '--notional', '0'], '--notional "0": allowed is an amount of US dollars above zero such as 250'],
    [['probe', 'BTCUSDT', 'long', '--notional', '1e3'], '--notional "1e3": allowed is an amount of US dollars above zero such as 250'],
    [['probe', 'BTCUSDT', 'long', '--price', 'high'], '--price "high": allowed is a price above zero such as 64250.5'],
  ])('is refused: %j', (args, message) => {
    expect(() => parseCommandLine(args)).toThrow(new OperatorError(message));
  });
});
