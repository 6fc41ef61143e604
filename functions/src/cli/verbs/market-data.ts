/** Verbs that only work on this machine. */
import { OperatorError } from '../operator-error.ts';
import type { Verb } from './verb.ts';

const MINUTE_MS = 60_000;

const replay: Verb = {
  name: 'replay',
  group: 'market data',
  operands: '',
  mostOperands: 0,
  summary: 'decide a run again and compare, or decide a generated market',
  options: [
    { name: 'from', value: 'DIR', text: 'the data folder of a run: the same market must lead to the same decisions' },
    { name: 'seed', value: 'TEXT', text: 'instead: seed of a generated market (default 1)' },
    { name: 'hours', value: 'N', text: 'of a generated market (default 24)' },
    { name: 'symbols', value: 'A,B', text: 'of a generated market (default: those of universe.json)' },
  ],
  hasTarget: false,
  more: ['Ends with 1 when a decision differs.'],
  example: 'portcullis replay --from .local/last-run',
  read: (typed) => {
    const from = typed.text('from');
    if (from !== null && ['seed', 'hours', 'symbols'].some((option) => typed.text(option) !== null)) throw new OperatorError('--from takes the market of its run; leave out --seed, --hours and --symbols');
    return { verb: 'replay', from, seed: typed.text('seed'), hours: typed.text('hours'), symbols: typed.text('symbols') };
  },
};

const download: Verb = {
  name: 'data download',
  group: 'market data',
  operands: '',
  mostOperands: 0,
  summary: 'one-minute candles and funding rates of the venue, as npm start -- --market reads them',
  options: [
    { name: 'symbols', value: 'A,B', text: 'which ones (required)' },
    { name: 'from', value: 'DAY', text: 'from this day or minute on (required)' },
    { name: 'to', value: 'DAY', text: 'up to and without this day or minute (required)' },
    { name: 'out', value: 'DIR', text: 'where to (default: .local/market)' },
  ],
  hasTarget: false,
  more: ['What an interrupted download has got is kept: the same command goes on from there. Public data; no key is needed.'],
  example: 'portcullis data download --symbols BTCUSDT,ETHUSDT --from 2026-01-01 --to 2026-02-01',
  read: (typed) => {
    const symbols = typed.symbols('symbols');
    const [from, to] = [typed.time('from'), typed.time('to')];
    if (symbols === null || from === null || to === null) throw new OperatorError('data download needs --symbols, --from and --to, for example portcullis data download --symbols BTCUSDT --from 2026-01-01 --to 2026-01-08');
    if (from % MINUTE_MS !== 0 || to % MINUTE_MS !== 0) throw new OperatorError('--from and --to must be whole minutes');
    if (from >= to) throw new OperatorError('--to must be later than --from');
    return { verb: 'data download', symbols, from, to, out: typed.text('out') ?? '.local/market' };
  },
};

export const MARKET_DATA: readonly Verb[] = [replay, download];
