/** Every log line of the engine as a named function: one place to see what it says, and to keep secrets out. */
export type Severity = 'DEBUG' | 'INFO' | 'WARNING' | 'ERROR';
export type LogFields = Readonly<Record<string, string | number | boolean | null | readonly string[]>>;
export type LogSink = (severity: Severity, message: string, fields: LogFields) => void;

export interface Log {
  tickFinished(job: string, tickId: string, summary: string): void;
  tickRepeated(job: string, tickId: string): void;
  tickDegraded(job: string, tickId: string, problems: readonly string[]): void;
  intentVetoed(intentId: string, symbol: string, codes: readonly string[]): void;
  intentExpired(intentId: string, symbol: string): void;
  intentSettled(intentId: string, symbol: string, status: string, reason: string): void;
  orderPlaced(clientOrderId: string, outcome: string, reason: string | null): void;
  lookupUnavailable(clientOrderId: string, cause: string): void;
  intentBusy(intentId: string, holder: string): void;
  nothingToDo(intentId: string, why: string): void;
  leaseLost(intentId: string, clientOrderId: string | null): void;
  swept(intentIds: readonly string[]): void;
  dutyFailed(duty: string, cause: string): void;
  wakeUpLost(topic: string, intentIds: readonly string[], cause: string): void;
  incidentRaised(kind: string, summary: string, action: string): void;
  poisonMessage(topic: string, messageId: string, fault: string): void;
  staleMessage(topic: string, messageId: string, ageSeconds: number): void;
  venueBudgetNotShared(cause: string): void;
  stopsUnavailable(cause: string): void;
  stopPlaced(clientStopId: string, outcome: string, reason: string | null): void;
  stopCancelled(clientStopId: string, outcome: string): void;
  exitHurried(intentId: string, symbol: string): void;
  reducerCancelled(clientOrderId: string, symbol: string, outcome: string): void;
  foreignOrderCancelled(clientOrderId: string, symbol: string, outcome: string): void;
  ordersUnavailable(cause: string): void;
  positionsUnavailable(cause: string): void;
  fillsUnavailable(symbol: string, cause: string): void;
  fillsAdopted(symbol: string, count: number): void;
  ledgerAdjusted(what: string, why: string): void;
  flattened(requestId: string, actor: string, summary: string): void;
  operatorActed(requestId: string, actor: string, verb: string, summary: string): void;
  requestRefused(endpoint: string, code: string, caller: string | null): void;
  refusalsNotCounted(endpoint: string, cause: string): void;
  requestFailed(endpoint: string, cause: string): void;
  signalTaken(strategy: string, signalId: string, outcome: string, reason: string | null): void;
  recordUnreadable(path: string, fault: string): void;
  learnedRecordTurned(record: string, health: string, summary: string): void;
  settingChanged(symbol: string, value: string, refusal: string | null): void;
  costNotRecorded(cause: string): void;
  shadowFailed(what: string, cause: string): void;
  writeRefused(reason: string, paths: readonly string[]): void;
  incidentEnded(kind: string, summary: string): void;
  alertTurned(severity: 'info' | 'warning' | 'critical', kind: string, detail: string, change: string): void;
  alertNotDelivered(sink: string, cause: string): void;
  artifactNotWritten(artifact: string, cause: string): void;
  reportFailed(cause: string): void;
  venuePartlyReached(summary: string): void;
}

export function createLog(sink: LogSink): Log {
  return {
    tickFinished: (job, tickId, summary) => sink('INFO', `${job}: ${summary}`, { job, tickId }),
    tickRepeated: (job, tickId) => sink('INFO', `${job}: this tick has already run`, { job, tickId }),
    tickDegraded: (job, tickId, problems) => sink('WARNING', `${job}: degraded`, { job, tickId, problems }),
    intentVetoed: (intentId, symbol, codes) => sink('INFO', `vetoed: ${codes.join(', ')}`, { intentId, symbol, codes }),
    intentExpired: (intentId, symbol) => sink('INFO', 'intent expired before it was approved', { intentId, symbol }),
    intentSettled: (intentId, symbol, status, reason) => sink('INFO', `intent ${status}: ${reason}`, { intentId, symbol, status }),
    orderPlaced: (clientOrderId, outcome, reason) => sink('INFO', `order ${outcome}`, { clientOrderId, outcome, reason }),
    lookupUnavailable: (clientOrderId, cause) => sink('WARNING', 'order could not be looked up; it stays as it is', { clientOrderId, cause }),
    intentBusy: (intentId, holder) => sink('DEBUG', 'another worker holds the intent', { intentId, holder }),
    nothingToDo: (intentId, why) => sink('DEBUG', `nothing to do: ${why}`, { intentId }),
    leaseLost: (intentId, clientOrderId) => sink('WARNING', 'lease lost; the newer holder goes on', { intentId, clientOrderId }),
    swept: (intentIds) => sink('WARNING', 'woke work that nobody had looked at', { intentIds }),
    dutyFailed: (duty, cause) => sink('ERROR', 'sync had failed, and so did what it does all the same; the next sync tries again', { duty, cause }),
    wakeUpLost: (topic, intentIds, cause) => sink('WARNING', 'wake-up not published; the next sync will', { topic, intentIds, cause }),
    incidentRaised: (kind, summary, action) => sink('ERROR', `incident ${kind}: ${summary}`, { kind, action }),
    poisonMessage: (topic, messageId, fault) => sink('ERROR', 'message cannot be read and was dropped', { topic, messageId, fault }),
    staleMessage: (topic, messageId, ageSeconds) => sink('WARNING', 'message is too old and was dropped; sync sweeps what it meant', { topic, messageId, ageSeconds }),
    venueBudgetNotShared: (cause) => sink('WARNING', "what is used of the venue's limits could not be shared; each instance counts alone", { cause }),
    stopsUnavailable: (cause) => sink('WARNING', 'stops could not be read; what is recorded of them stands in for them', { cause }),
    stopPlaced: (clientStopId, outcome, reason) => sink('INFO', `stop ${outcome}`, { clientStopId, outcome, reason }),
    exitHurried: (intentId, symbol) => sink('INFO', 'exit goes taker: the market has passed a stop of its position', { intentId, symbol }),
    stopCancelled: (clientStopId, outcome) => sink('INFO', `stop to be cancelled: ${outcome}`, { clientStopId, outcome }),
    reducerCancelled: (clientOrderId, symbol, outcome) => sink('WARNING', `resting order that blocks an exit: ${outcome}`, { clientOrderId, symbol }),
    foreignOrderCancelled: (clientOrderId, symbol, outcome) => sink('WARNING', `order that is not ours, to be cancelled: ${outcome}`, { clientOrderId, symbol }),
    ordersUnavailable: (cause) => sink('WARNING', 'open orders could not be read', { cause }),
    positionsUnavailable: (cause) => sink('WARNING', 'positions could not be read; the ledger stands in for them', { cause }),
    fillsUnavailable: (symbol, cause) => sink('WARNING', 'fills could not be read; the next sync tries again', { symbol, cause }),
    fillsAdopted: (symbol, count) => sink('WARNING', 'booked fills that no order of ours explains', { symbol, count }),
    ledgerAdjusted: (what, why) => sink('ERROR', "ledger set to the venue's figure; see adjustments/*", { what, why }),
    flattened: (requestId, actor, summary) => sink('WARNING', `flatten: ${summary}`, { requestId, actor }),
    operatorActed: (requestId, actor, verb, summary) => sink('WARNING', `${verb}: ${summary}`, { requestId, actor }),
    requestRefused: (endpoint, code, caller) => sink('INFO', `${endpoint} refused a request: ${code}`, { code, caller }),
    refusalsNotCounted: (endpoint, cause) => sink('WARNING', 'refusals could not be counted', { endpoint, cause }),
    requestFailed: (endpoint, cause) => sink('ERROR', `${endpoint} failed`, { cause }),
    signalTaken: (strategy, signalId, outcome, reason) => sink('INFO', `outside signal: ${outcome}`, { strategy, signalId, reason }),
    recordUnreadable: (path, fault) => sink('WARNING', 'a record does not match its schema; work goes on without it', { path, fault }),
    learnedRecordTurned: (record, health, summary) => sink(health === 'fresh' ? 'INFO' : 'WARNING', summary, { record, health }),
    settingChanged: (symbol, value, refusal) =>
      refusal === null ? sink('INFO', `set to ${value} at the venue`, { symbol, value }) : sink('WARNING', `could not be set to ${value} at the venue: ${refusal}`, { symbol, value }),
    costNotRecorded: (cause) => sink('WARNING', `state/cost was not written: ${cause}`, {}),
    shadowFailed: (what, cause) => sink('WARNING', `the shadow's part is lost: ${cause}`, { what }),
    writeRefused: (reason, paths) => sink('WARNING', 'write gate closed: nothing was written or sent', { reason, paths }),
    incidentEnded: (kind, summary) => sink('INFO', `incident over: ${summary}`, { kind }),
    alertTurned: (severity, kind, detail, change) => sink(change === 'resolved' ? 'INFO' : ALERT_SEVERITY[severity], `alert ${change}: ${kind}: ${detail}`, { kind, severity }),
    alertNotDelivered: (name, cause) => sink('WARNING', 'an alert was not delivered; it is tried again, see alerts/*', { sink: name, cause }),
    artifactNotWritten: (artifact, cause) => sink('ERROR', 'a report was not written; trading is not affected', { artifact, cause }),
    venuePartlyReached: (summary) => sink('WARNING', 'parts of the venue do not answer from here; portcullis probe tells which and why', { summary }),
    reportFailed: (cause) => sink('ERROR', 'the account could not be reported on; trading is not affected', { cause }),
  };
}

const ALERT_SEVERITY = { info: 'INFO', warning: 'WARNING', critical: 'ERROR' } as const;
