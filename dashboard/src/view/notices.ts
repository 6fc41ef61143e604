/** What whoever looks must know before they believe a figure: no access, no connection, stale or unhealthy records. */
import { asFlag, asText, asTime } from '../records/fields.ts';
import type { LiveState } from '../reading/live-account.ts';
import type { Snapshot } from '../reading/snapshot.ts';
import type { Settings } from '../settings.ts';
import { tradingView } from './trading-view.ts';
import { fullTime, span } from './time-text.ts';

export interface Notice {
  readonly level: 'bad' | 'warn' | 'info';
  readonly title: string;
  readonly text: string;
}

/** Both jobs run every minute; three missed are no jitter. */
const STILL_AFTER_MS = 200_000;
/** A poll or two may be lost without a word. */
const SILENT_AFTER_POLLS = 3;

export function notices(live: LiveState, settings: Settings): readonly Notice[] {
  const { snapshot } = live;
  return [
    ...connection(live, settings),
    ...(snapshot === null ? [] : snapshot.nav === null && snapshot.ticks.length === 0 ? [NOTHING_YET] : [
      ...freshness(snapshot, live.now, settings),
      ...health(snapshot),
      ...trading(snapshot, live.now),
      ...config(snapshot, settings),
    ]),
  ];
}

const NOTHING_YET: Notice = {
  level: 'info',
  title: 'No records yet',
  text: 'The engine has not run for this account. Figures appear after its first tick: deploy it, or run npm start on a laptop.',
};

function connection({ failure, silentMs }: LiveState, { pollSeconds }: Settings): readonly Notice[] {
  if (failure !== null && (failure.denied || silentMs === null)) return [{ level: 'bad', title: failure.denied ? 'No access' : 'No connection', text: failure.message }];
  if (silentMs === null || silentMs < pollSeconds * SILENT_AFTER_POLLS * 1000) return [];
  return [{ level: 'bad', title: 'No connection', text: `Everything below is ${span(silentMs)} old. ${failure?.message ?? 'Trying again.'}` }];
}

function freshness({ nav, ticks }: Snapshot, now: number, { caps }: Settings): readonly Notice[] {
  const tickAt = asTime(ticks[0]?.fields.startedAt);
  const navAt = asTime(nav?.fields.valueAt);
  if (tickAt !== null && now - tickAt > STILL_AFTER_MS) {
    return [{ level: 'bad', title: 'Stale: the engine stands still', text: `Its last tick was ${span(now - tickAt)} ago, ${fullTime(tickAt)}. Figures below are from then. Check the scheduler and the logs.` }];
  }
  if (navAt === null) return [{ level: 'bad', title: 'NAV unknown', text: 'The venue has not been read yet; entries are refused until it has.' }];
  if (now - navAt <= caps.navFreshnessSeconds * 1000) return [];
  return [{ level: 'bad', title: 'Stale: NAV is old', text: `NAV was taken ${span(now - navAt)} ago; beyond ${caps.navFreshnessSeconds} s entries are refused. Exits go on.` }];
}

function health({ nav, positions }: Snapshot): readonly Notice[] {
  const found: Notice[] = [];
  const navHealth = asText(nav?.fields.health);
  if (nav !== null && navHealth !== 'ok') {
    const reason = asText(nav.fields.healthReason) ?? 'no reason given';
    found.push({ level: 'bad', title: `NAV ${navHealth ?? 'unknown'}`, text: `${reason}. Values shown are the last known ones; entries are refused.` });
  }
  if (positions !== null && asText(positions.fields.health) !== 'ok') {
    found.push({ level: 'bad', title: 'Positions unavailable', text: 'The venue could not be read; positions shown are the last known ones.' });
  }
  if (asFlag(positions?.fields.ledgerAgrees) === false) {
    found.push({ level: 'bad', title: 'Ledger differs from the venue', text: 'Entries are refused until they agree. See alerts.' });
  }
  return found;
}

function trading({ control }: Snapshot, now: number): readonly Notice[] {
  const { state, meaning, detail } = tradingView(control, now);
  if (state === 'ACTIVE') return [];
  return [{ level: state === 'REDUCING' ? 'warn' : 'bad', title: `Trading ${state.toLowerCase()}: ${meaning}`, text: detail }];
}

function config({ nav }: Snapshot, { configHash }: Settings): readonly Notice[] {
  const running = asText(nav?.fields.configHash);
  if (running === null || running === configHash) return [];
  return [{ level: 'info', title: 'Caps of another config', text: `The engine runs config ${running}; caps drawn here are those of ${configHash}. Deploy Hosting and functions together.` }];
}
