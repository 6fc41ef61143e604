import { positionSide } from '../../schema/scalars.ts';
import { OperatorError } from '../operator-error.ts';
import { wordOf } from '../typed.ts';
import type { Verb } from './verb.ts';

const DEFAULT_LAST = 5;
const MOST_LAST = 100;
const LOOKS = { group: 'look', operands: '', mostOperands: 0, options: [], hasTarget: true, more: [] } as const;

const status: Verb = {
  ...LOOKS,
  name: 'status',
  summary: 'trading state, NAV, positions, open work, alerts, incidents, last ticks',
  example: 'portcullis status',
  read: () => ({ verb: 'status' }),
};

const positions: Verb = {
  ...LOOKS,
  name: 'positions',
  summary: 'positions at the venue and in our ledger, what is reserved, and the stops that guard them',
  example: 'portcullis positions --json',
  read: () => ({ verb: 'positions' }),
};

const orders: Verb = {
  ...LOOKS,
  name: 'orders',
  summary: 'intents that have not ended, and the orders that are or may be at the venue',
  example: 'portcullis orders',
  read: () => ({ verb: 'orders' }),
};

const alerts: Verb = {
  ...LOOKS,
  name: 'alerts',
  summary: 'open alerts and incidents: severity, since when, what to do, and who has seen them',
  options: [{ name: 'all', value: null, text: 'the alerts that are over too, as long as records keep them' }],
  example: 'portcullis alerts --all',
  read: (typed) => ({ verb: 'alerts', all: typed.has('all') }),
};

const why: Verb = {
  ...LOOKS,
  name: 'why',
  operands: 'SYMBOL',
  mostOperands: 1,
  summary: 'the last decisions on a symbol and what became of them',
  options: [{ name: 'last', value: 'N', text: `how many decisions, 1 to ${MOST_LAST} (default ${DEFAULT_LAST})` }],
  example: 'portcullis why BTCUSDT --last 20',
  read: (typed) => ({
    verb: 'why',
    symbol: typed.symbol(0, 'why needs a symbol, for example portcullis why BTCUSDT'),
    last: typed.count('last', 1, MOST_LAST) ?? DEFAULT_LAST,
  }),
};

const probe: Verb = {
  ...LOOKS,
  name: 'probe',
  operands: '[SYMBOL long|short]',
  mostOperands: 2,
  summary: "what of the venue answers where the engine runs; or the gate's verdict on an entry now, of which nothing is sent",
  more: [
    'Alone it asks the venue one question of each kind that the engine has, through control, and keeps the answers in state/venue_probe: which part answers, how fast, and why not (geoBlocked, keyRefused, limited, missing, failed). Exit code 2 when one does not. Within a minute the same answers are given again.',
    'With a symbol and a side it judges an entry as the screener would.',
  ],
  options: [
    { name: 'notional', value: 'USD', text: 'its size (default: the smallest order)' },
    { name: 'price', value: 'PRICE', text: "its price (default: the venue's quote, or the last price known)" },
  ],
  example: 'portcullis probe ETHUSDT long --notional 500',
  read: (typed) => {
    const isOfVenue = typed.operands.length === 0 && typed.text('notional') === null && typed.text('price') === null;
    if (isOfVenue) return { verb: 'probe venue' };
    return {
      verb: 'probe',
      symbol: typed.symbol(0, 'probe of an entry needs a symbol and a side, for example portcullis probe BTCUSDT long'),
      positionSide: wordOf('side of probe', typed.operands[1] ?? '', positionSide.options),
      notional: typed.amount('notional', 'an amount of US dollars above zero such as 250'),
      price: typed.amount('price', 'a price above zero such as 64250.5'),
    };
  },
};

const compare: Verb = {
  ...LOOKS,
  name: 'compare',
  summary: 'the shadow configuration against the live one, or what refused entries would have come to',
  options: [
    { name: 'counterfactual', value: null, text: 'follow refused entries over the candles that came after, by veto code' },
    { name: 'from', value: 'TIME', text: 'first refusal that is followed (default: 24 hours ago)' },
  ],
  example: 'portcullis compare --counterfactual --from 2026-01-31',
  read: (typed) => {
    const [isCounterfactual, from] = [typed.has('counterfactual'), typed.time('from')];
    if (from !== null && !isCounterfactual) throw new OperatorError('--from of compare belongs to --counterfactual; say both, or neither');
    return { verb: 'compare', counterfactual: isCounterfactual, from };
  },
};

const cost: Verb = {
  ...LOOKS,
  name: 'cost',
  summary: 'what each function reads, writes and calls, and the cents a day that come of it',
  example: 'portcullis cost',
  read: () => ({ verb: 'cost' }),
};

const doctor: Verb = {
  ...LOOKS,
  name: 'doctor',
  summary: 'settings with their origins, their faults, and what they allow at this NAV; or whether a deployment is well',
  options: [{ name: 'deployed', value: null, text: 'look at what a deployed engine has written: schedules, heartbeats, version, settings, account, alerts, request budget' }],
  more: ['With --deployed every line that is a problem says what to do, and what records cannot tell is said too. Exit code 2 when there is a problem.'],
  example: 'portcullis doctor --deployed --project my-project-1234',
  read: (typed) => ({ verb: 'doctor', deployed: typed.has('deployed') }),
};

export const LOOKING: readonly Verb[] = [status, positions, orders, alerts, why, probe, compare, cost, doctor];
