/** What one seed plays: settings, market, and how often each thing goes wrong. Plain values, all drawn from the seed. */
import { RandomStream, seedOf } from '../../local/venue/market/random-stream.ts';
import type { FeatureFlags } from '../../functions/src/schema/feature-flags.ts';
import type { Edit } from '../unit/config/config-files.ts';
import type { FaultRates } from './chaos.ts';
import { drawFlags, drawSettings } from './scenario-settings.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const FIRST_DAY = Date.UTC(2026, 0, 5);

/** Which of production's keys the engine has. Everything else but `paper` must leave production alone. */
export type Keys = 'paper' | 'prod-both' | 'prod-no-variable' | 'prod-no-document' | 'prod-sync-only' | 'prod-other-project';

export interface MarketTemper {
  /** Standard deviation of a minute's move, in basis points. */
  readonly minuteBps: number;
  /** Chance per minute and symbol of a jump, and its standard deviation in percent. */
  readonly jumpChance: number;
  readonly jumpPct: number;
  /** A fall by so much of all symbols at once, somewhere in the run; 0 for none. */
  readonly crashPct: number;
  /** Chance per look at a resting order that somebody trades with it. */
  readonly makerFillChance: number;
  /** Dollars displayed at the best prices. */
  readonly depthUsd: number;
}

export interface Scenario {
  readonly seed: number;
  readonly startAt: number;
  readonly minutes: number;
  readonly keys: Keys;
  readonly positionMode: 'hedge' | 'one-way';
  readonly market: MarketTemper;
  /** The first is deployed at the start; a redeploy may bring any of them. */
  readonly settings: readonly (readonly Edit[])[];
  /** The switches that are on. */
  readonly flags: Partial<FeatureFlags>;
  /** How far the engine's clock is ahead of the venue's and the scheduler's. */
  readonly clockSkewMs: number;
  readonly rates: FaultRates;
}

/** Highest chance per occasion of each kind; a seed takes some kinds, each at a rate up to this. */
const WORST_RATES: FaultRates = {
  crash: 0.05,
  redeploy: 0.05,
  'schedule.skipped': 0.2,
  'schedule.twice': 0.3,
  'schedule.late': 0.2,
  'message.lost': 0.5,
  'message.twice': 0.5,
  'message.late': 0.3,
  'message.poisoned': 0.3,
  'message.misrouted': 0.2,
  'bus.notStored': 0.3,
  'bus.replyLost': 0.3,
  'store.failBefore': 0.05,
  'store.failAfter': 0.05,
  'store.rerun': 0.1,
  'store.slow': 0.05,
  'venue.requestLost': 0.3,
  'venue.replyLost': 0.3,
  'venue.requestLate': 0.4,
  'venue.cut': 0.5,
  'venue.slow': 0.1,
  'venue.refused': 0.15,
  'venue.rejected': 0.1,
  'venue.fillsLate': 0.2,
  'venue.incomeLate': 0.3,
  'operator.reduce': 0.05,
  'operator.halt': 0.04,
  'operator.disable': 0.03,
  'operator.flatten': 0.03,
  'operator.twice': 0.3,
  'account.orderGone': 0.1,
  'account.stopGone': 0.03,
  'account.transfer': 0.02,
  'account.closedByHand': 0.02,
};

export function drawScenario(seed: number, hours: number): Scenario {
  const random = new RandomStream(seedOf(`scenario ${seed}`), 0);
  const startMinute = Math.floor(random.between(0, (30 * DAY_MS) / MINUTE_MS));
  const positionMode = random.unit() < 0.75 ? 'hedge' : 'one-way';
  return {
    seed,
    startAt: FIRST_DAY + startMinute * MINUTE_MS,
    minutes: Math.max(1, Math.round(hours * 60)),
    keys: drawKeys(random),
    positionMode,
    market: {
      minuteBps: random.between(4, 25),
      jumpChance: random.unit() < 0.5 ? 0 : random.between(0.001, 0.02),
      jumpPct: random.between(0.3, 2),
      crashPct: random.unit() < 0.03 ? random.between(15, 60) : 0,
      makerFillChance: random.between(0, 0.6),
      depthUsd: 10 ** random.between(3.3, 5.5),
    },
    settings: drawSettings(random, positionMode),
    flags: drawFlags(random),
    clockSkewMs: Math.round(random.between(-1500, 1500)),
    rates: drawRates(random),
  };
}

function drawKeys(random: RandomStream): Keys {
  const draw = random.unit();
  if (draw < 0.8) return 'paper';
  if (draw < 0.86) return 'prod-both';
  if (draw < 0.9) return 'prod-no-variable';
  if (draw < 0.94) return 'prod-no-document';
  return draw < 0.97 ? 'prod-sync-only' : 'prod-other-project';
}

/** A tenth of the seeds sees no faults at all; of the others each takes about half of the kinds. */
function drawRates(random: RandomStream): FaultRates {
  if (random.unit() < 0.1) return {};
  return Object.fromEntries(
    Object.entries(WORST_RATES).flatMap(([kind, worst]) => {
      const rate = worst * 10 ** -random.between(0, 1.3);
      return random.unit() < 0.5 ? [[kind, rate] as const] : [];
    }),
  );
}
