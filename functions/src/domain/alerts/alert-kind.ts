/** Everything the engine raises an alert about. docs/alerts.md is generated from this table. */
import type { AlertKind, AlertSeverity } from '../../schema/records/alert.ts';
import type { IncidentKind } from '../../schema/records/incident.ts';

export interface AlertDefinition {
  readonly severity: AlertSeverity;
  readonly meaning: string;
  /** What to do, unless an incident says it better. */
  readonly action: string;
}

export const ALERT_DEFINITIONS: Readonly<Record<AlertKind, AlertDefinition>> = {
  navStale: {
    severity: 'critical',
    meaning: 'The NAV has not been read for longer than risk.json:navFreshnessSeconds. Entries are refused; exits and resting stops go on.',
    action: 'Read the problems in state/execution_health: the venue, the key or the network. Nothing has to be reset; entries go on with the next NAV.',
  },
  navAnomaly: {
    severity: 'critical',
    meaning: 'The NAV has jumped by more than risk.json:navJumpAnomalyPct and no cash flow explains it. Entries are refused.',
    action: "Compare state/nav with the account at the venue: a transfer that has not been reported, a wrong mark, a foreign trade. Entries go on once the NAV is explained.",
  },
  drawdownAlert: {
    severity: 'warning',
    meaning: 'The NAV is risk.json:drawdownAlertPct or more below its high-water mark. Nothing is stopped yet.',
    action: 'See state/risk_snapshot for what is left until entries stop, and reduce by hand (control: reduce) if that is too much.',
  },
  drawdownHalt: {
    severity: 'critical',
    meaning: 'The NAV is risk.json:maxNavDrawdownPct or more below its high-water mark. Entries are refused.',
    action: 'Decide whether to close what is open (control: flatten). Entries go on when the NAV recovers, or after a cutoff set in risk.json:navCutoffTime.',
  },
  dayLossHalt: {
    severity: 'critical',
    meaning: "The day has lost risk.json:dailyLossLimitPct or more of its opening equity. Entries are refused until the next day of risk.json:resetTimezone.",
    action: 'Nothing has to be done. Look at trades/* for what lost it before the next day opens.',
  },
  symbolDisabled: {
    severity: 'warning',
    meaning: 'The engine keeps entries out of a symbol: it has lost risk.json:symbolDrawdownCapPct of the NAV in a day, or somebody else has traded in it.',
    action: 'See state/risk_snapshot:bySymbol for its loss and for when it is free again, and incidents/* for foreign trades.',
  },
  circuitOpen: {
    severity: 'critical',
    meaning: 'risk.json:errorCircuit.maxErrors venue errors within the window. Entries are refused until enough of them are past.',
    action: 'See the status reasons of the latest orders/*. If the venue is in maintenance nothing has to be done.',
  },
  vetoStorm: {
    severity: 'warning',
    meaning: 'runtime.json:alerts.vetoStorm.refusals entries or more were refused within its window, by screen, or by execute and ingest as far as learn has counted them: signals come and the gate lets none of them pass.',
    action: 'vetoes/* shows by which check and limit; portcullis why shows it for one symbol.',
  },
  heartbeatLost: {
    severity: 'critical',
    meaning: 'A scheduled job has not run for longer than its schedule allows. Without sync nothing is watched, without screen nothing is entered or exited by signal; resting stops stay at the venue.',
    action: 'Look at the logs of the function and at its job in Cloud Scheduler: paused, failing or out of quota.',
  },
  geoBlocked: {
    severity: 'critical',
    meaning: 'The venue refuses this region or address (HTTP 451 or 403). Nothing can be read or sent.',
    action: 'Deploy to a region the venue serves, such as asia-northeast1, and check the list of allowed addresses of the key.',
  },
  venueKeyRefused: {
    severity: 'critical',
    meaning: 'The venue refuses the API key: unknown, expired, without permission for futures, or not from this address.',
    action: 'Check VENUE_CREDENTIALS, the permissions of the key and its list of allowed addresses, then deploy again.',
  },
  budgetExhausted: {
    severity: 'warning',
    meaning: 'The request budget at the venue is spent (HTTP 429, or 418 for a ban) and nothing is called until the time it has named, or so much of it that the rest is kept for exits.',
    action: 'Find what else calls from this address or with this key. The engine waits by itself.',
  },
  telemetryFailing: {
    severity: 'warning',
    meaning: 'A report in state/* could not be written. Trading is not affected, but what the console shows is old.',
    action: 'state/execution_health:telemetryFaults or the log names the report and the cause.',
  },
  ledgerMismatch: {
    severity: 'critical',
    meaning: 'Our ledger and the venue differ. Entries are refused while they do.',
    action: 'Compare fills/* with the trade history at the venue.',
  },
  ambiguousOrder: {
    severity: 'critical',
    meaning: 'The venue has not said for minutes what has become of an order. Nothing more is sent for its intent.',
    action: 'Look the client order id up at the venue.',
  },
  unprotectedPosition: {
    severity: 'critical',
    meaning: 'A position has been without a stop that it should have for longer than risk.json:maxUnprotectedSeconds.',
    action: 'Place the stop by hand or close the position; the engine goes on trying.',
  },
  foreignActivity: {
    severity: 'critical',
    meaning: 'An order or a trade in the account that the engine did not make.',
    action: 'If nobody traded by hand, rotate the API key.',
  },
  overClose: {
    severity: 'warning',
    meaning: 'More was closed than was held; the ledger stands at zero.',
    action: 'Compare the fills of the symbol with the trade history at the venue, then acknowledge the incident.',
  },
  forcedClose: {
    severity: 'critical',
    meaning: 'The venue has closed a position by liquidation or auto-deleveraging.',
    action: 'Check margin and leverage before the symbol is entered again, then acknowledge the incident.',
  },
};

export const KIND_OF_INCIDENT: Readonly<Record<IncidentKind, AlertKind>> = {
  ledgerMismatch: 'ledgerMismatch',
  ambiguousTooLong: 'ambiguousOrder',
  unprotectedPosition: 'unprotectedPosition',
  foreignFills: 'foreignActivity',
  foreignOrder: 'foreignActivity',
  overClose: 'overClose',
  liquidation: 'forcedClose',
  deleveraging: 'forcedClose',
};
