/** Whether the account can trade, and what keeps it from doing so. */
import type { Environment } from '../../config/environment.ts';
import { tradingStateAt } from '../../domain/risk/trading-state.ts';
import type { EngineConfig } from '../../schema/config/engine-config.ts';
import type { RuntimeProbe } from '../../schema/records/runtime-probe.ts';
import type { EpochMs } from '../../schema/scalars.ts';
import { usdText } from '../amount-text.ts';
import { spanText, timeText } from '../time-text.ts';
import { ok, problem, unknown } from './deployed-check.ts';
import type { DeployedCheck } from './deployed-check.ts';
import type { Deployed } from './read-deployed.ts';

const MINUTE_MS = 60_000;
/** Sync sweeps what is due every minute; what waits longer is swept in vain. */
const OUTBOX_GRACE_MS = 5 * MINUTE_MS;

export interface Around {
  readonly config: EngineConfig;
  readonly environment: Pick<Environment, 'tradingEnv' | 'projectId'>;
  /** What the deployed engine last said of itself; null when it said nothing. */
  readonly probe: RuntimeProbe | null;
  readonly now: EpochMs;
}

export function accountChecks(deployed: Deployed, around: Around): readonly DeployedCheck[] {
  return [
    navCheck(deployed, around),
    positionsCheck(deployed, around),
    venueCheck(deployed, around),
    marketsCheck(deployed, around),
    tradingCheck(deployed, around),
    gateCheck(around),
    outboxCheck(deployed, around),
  ];
}

function navCheck({ nav }: Deployed, { config, now }: Around): DeployedCheck {
  const check = 'NAV';
  if (nav === null) return problem(check, 'never read: entries are refused', 'sync reads it; see schedule sync and the account at the venue');
  const age = now - nav.valueAt;
  if (nav.health !== 'ok') return problem(check, `${nav.health}: ${nav.healthReason ?? 'no reason given'}`, 'entries wait until it is ok again; docs/operator-guide.md, "NAV"');
  if (age > config.risk.navFreshnessSeconds * 1000) return problem(check, `valued ${timeText(nav.valueAt, now)}, allowed are ${config.risk.navFreshnessSeconds} s: entries are refused`, 'sync keeps it fresh; see schedule sync');
  return ok(check, `${usdText(nav.navUsd)} USD, valued ${timeText(nav.valueAt, now)}`);
}

function positionsCheck({ positions }: Deployed, { now }: Around): DeployedCheck {
  const check = 'books';
  if (positions === null) return problem(check, "the venue's positions have never been read", 'sync reads them; see schedule sync');
  if (positions.health !== 'ok') return problem(check, `positions could not be read, last ${timeText(positions.valueAt, now)}`, 'see the problems of the last sync in npx portcullis status');
  if (positions.ledgerAgrees === false) return problem(check, 'ledger and venue differ', 'npx portcullis status shows both sides; docs/operator-guide.md, "ledgerMismatch"');
  return ok(check, `${positions.items.length} positions, ${positions.ledgerAgrees === null ? 'not compared while orders are under way' : 'ledger equals the venue'}`);
}

function venueCheck({ venue }: Deployed, { config, now }: Around): DeployedCheck {
  const check = 'venue settings';
  if (venue === null) return problem(check, 'never looked at', 'sync does; see schedule sync');
  const maxAgeMs = config.runtime.venueSettings.maxAgeMinutes * MINUTE_MS;
  if (venue.health !== 'ok') return problem(check, `could not be read: ${venue.cause ?? 'no cause given'}`, 'check key, its rights and its allowed addresses at the venue; docs/deploy.md, "Static egress"');
  if (venue.account?.canTrade === false) return problem(check, 'the key may not trade', 'allow futures trading for the key at the venue');
  if (!venue.asWanted) return problem(check, [venue.summary, ...venue.refusals].join('; '), 'change it at the venue, or the setting that wants it');
  if (now - venue.valueAt > maxAgeMs) return problem(check, `read ${timeText(venue.valueAt, now)}, allowed are ${spanText(maxAgeMs)}`, 'sync reads them again; see schedule sync');
  return ok(check, venue.summary);
}

function marketsCheck({ markets }: Deployed, { config, now }: Around): DeployedCheck {
  const check = 'instrument rules';
  if (markets === null) return problem(check, 'not stored: nothing can be sized', 'sync stores them; see schedule sync');
  const listed = new Set(markets.instruments.map(({ symbol }) => symbol));
  const missing = config.universe.symbols.filter(({ symbol, enabled }) => enabled && !listed.has(symbol)).map(({ symbol }) => symbol);
  if (missing.length > 0) return problem(check, `the venue does not list ${missing.join(', ')}`, 'disable them in config/universe.json, or correct their names');
  const maxAgeMs = 2 * config.runtime.markets.maxAgeHours * 60 * MINUTE_MS;
  if (now - markets.fetchedAt > maxAgeMs) return problem(check, `fetched ${timeText(markets.fetchedAt, now)}`, 'sync refreshes them; see its problems in npx portcullis status');
  return ok(check, `${markets.instruments.length} symbols, fetched ${timeText(markets.fetchedAt, now)}`);
}

function tradingCheck({ control }: Deployed, { now }: Around): DeployedCheck {
  const state = tradingStateAt(control, now);
  if (state === 'ACTIVE' || control === null) return ok('trading', state);
  return problem('trading', `${state} by ${control.actor}, ${timeText(control.changedAt, now)}: ${control.reason}`, 'once the reason is gone: npx portcullis resume, or the dashboard');
}

/** As the deployed engine itself sees it: both keys are seen from there alone. */
function gateCheck({ environment, probe, now }: Around): DeployedCheck {
  const check = 'write gate';
  if (environment.tradingEnv !== 'prod') return ok(check, `open, ${environment.tradingEnv} needs no keys`);
  if (probe === null) return unknown(check, 'no sync has told', 'see runtime probe; without ALLOW_PROD_SYNC or ALLOW_PROD_WRITE nothing is written, this neither');
  const told = `told ${timeText(probe.probedAt, now)}`;
  if (probe.orderGate === 'open') return ok(check, `open: orders are sent to ${environment.projectId ?? 'this project'}'s account, ${told}`);
  if (!probe.allowProdWrite) return ok(check, `${probe.orderGate}; no order is sent, ${told}`);
  return problem(check, `${probe.orderGate}; no order is sent, ${told}`, 'ALLOW_PROD_WRITE is set and the other key is not: write control/write_gate as docs/deploy.md says, or unset it');
}

function outboxCheck({ outbox }: Deployed, { now }: Around): DeployedCheck {
  const late = outbox.filter(({ dueAt }) => now - dueAt > OUTBOX_GRACE_MS);
  const [first] = late;
  if (first === undefined) return ok('outbox', `${outbox.length} open, none late`);
  return problem('outbox', `${late.length} of ${outbox.length} late, the first since ${timeText(first.dueAt, now)}: ${first.topic} of ${first.intentId}`, `see npx firebase functions:log --only ${first.topic === 'order-intents' ? 'execute' : 'confirm'}`);
}
