/**
 * Calls to one account, as values. The client (and with it ccxt) is loaded at the first call. While the venue told us
 * to stay away nothing is sent; signed calls wait until the venue's clock is known.
 */
import { z } from 'zod';
import type { Clock } from '../../ports/clock.ts';
import type { Reading } from '../../domain/found.ts';
import type { EpochMs } from '../../schema/scalars.ts';
import type { BinanceClient, BinanceClientOptions, Endpoint } from './binance-client.ts';
import { CallFailedError, type CallFailure, describeFailure } from './call-failure.ts';
import { asNotSent, stopMsOf } from './outcome-of-failure.ts';
import type { VenueBudget } from '../../domain/requests/venue-budget.ts';
import { usedPct } from '../../domain/requests/venue-budget.ts';
import { type BudgetShare, createRateBudget } from './rate-budget.ts';
import { createVenueTime } from './venue-time.ts';
import type { WireFetch } from './wire-fetch.ts';
import { wireTime } from './wire-scalars.ts';

/** `asOf` is when the request was made: the answer is no older. */
export type CallResult<T> =
  | { readonly ok: true; readonly value: T; readonly asOf: EpochMs }
  | { readonly ok: false; readonly failure: CallFailure; readonly asOf: EpochMs };

export type Params = Readonly<Record<string, string>>;

export interface Connection {
  /**
   * An answer that does not fit `schema` is a failure of kind noAnswer: the call may have had its effect. A signed call
   * bears the time `signedAt` of our clock instead of now.
   */
  call<T>(endpoint: Endpoint, params: Params, schema: z.ZodType<T>, signedAt?: EpochMs): Promise<CallResult<T>>;
  read<T>(endpoint: Endpoint, params: Params, schema: z.ZodType<T>): Promise<Reading<T>>;
  /** The venue's time, measured at first use. */
  venueNow(): Promise<CallResult<EpochMs>>;
  /** Our own clock. */
  now(): EpochMs;
  /** The venue's clock less ours as last measured; 0 before that. */
  clockOffsetMs(): number;
  budget: () => VenueBudget;
}

export interface ConnectionOptions {
  readonly apiKey: string;
  readonly apiSecret: string;
  readonly receiveWindowMs: number;
  readonly fetch: WireFetch;
  readonly clock: Clock;
  readonly shared: SharedBudget | null;
}

/** The budget is one for all instances behind an address. */
export interface SharedBudget {
  readonly share: BudgetShare;
  /** Share of any limit from which nothing is read that only entries need. */
  readonly entriesMaxPct: number;
}

const serverTime = z.looseObject({ serverTime: wireTime }).transform((answer) => answer.serverTime);

/** What is read to enter and never to exit. */
const FOR_ENTRIES: ReadonlySet<Endpoint> = new Set(['fapiPublicGetKlines']);

/** Windows of the venue end within a minute. */
const RETRY_AFTER_LOW_MS = 60_000;

const CLOCK_SKEW_CODE = '-1021';

export function createConnection({ apiKey, apiSecret, receiveWindowMs, fetch, clock, shared }: ConnectionOptions): Connection {
  const budget = createRateBudget(shared?.share ?? null);
  const time = createVenueTime(clock);
  const client = createClientLoader({
    apiKey,
    apiSecret,
    receiveWindowMs,
    fetch,
    venueTime: () => time.at(clock.now()),
    onReply(headers, refusal) {
      budget.record(headers, time.at(clock.now()));
      const stopMs = refusal === null ? 0 : stopMsOf(refusal);
      if (stopMs > 0) budget.stopUntil(clock.now() + stopMs);
      if (refusal?.code === CLOCK_SKEW_CODE) time.forget();
    },
  });

  const send = async <T>(endpoint: Endpoint, params: Params, schema: z.ZodType<T>): Promise<CallResult<T>> => {
    await budget.refresh(clock.now());
    const asOf = clock.now();
    const waitMs = budget.waitMs(asOf);
    if (waitMs > 0) return { ...toldToStayAway(waitMs), asOf };
    if (FOR_ENTRIES.has(endpoint) && shared !== null && usedPct(budget.reading(), asOf) > shared.entriesMaxPct) return { ...keptForExits(shared.entriesMaxPct), asOf };
    const answer = await ask(client, endpoint, params, schema);
    await budget.share(clock.now());
    return { ...answer, asOf };
  };

  const learnTime = async (): Promise<CallFailure | null> => {
    try {
      await time.learn(async () => {
        const answer = await send('fapiPublicGetTime', {}, serverTime);
        if (!answer.ok) throw new CallFailedError(answer.failure);
        return answer.value;
      });
      return null;
    } catch (error) {
      if (!(error instanceof CallFailedError)) throw error;
      return error.failure;
    }
  };

  const call: Connection['call'] = async (endpoint, params, schema, signedAt) => {
    const failure = isSigned(endpoint) ? await learnTime() : null;
    if (failure !== null) return { ok: false, failure: asNotSent("venue's time", failure), asOf: clock.now() };
    // ccxt signs a timestamp that it is given in place of its own.
    return send(endpoint, signedAt === undefined ? params : { ...params, timestamp: String(time.at(signedAt)) }, schema);
  };

  return {
    call,
    async read(endpoint, params, schema) {
      const result = await call(endpoint, params, schema);
      return result.ok ? { kind: 'found', value: result.value, asOf: result.asOf } : { kind: 'unavailable', cause: describeFailure(result.failure) };
    },
    async venueNow() {
      const failure = await learnTime();
      const asOf = clock.now();
      return failure === null ? { ok: true, value: time.at(asOf), asOf } : { ok: false, failure, asOf };
    },
    now: () => clock.now(),
    clockOffsetMs: () => time.at(0),
    budget: budget.reading,
  };
}

type LoadClient = () => Promise<BinanceClient>;

function createClientLoader(options: BinanceClientOptions): LoadClient {
  let loading: Promise<BinanceClient> | null = null;
  const load = async (): Promise<BinanceClient> => {
    const { BinanceClient: Client } = await import('./binance-client.ts');
    return new Client(options);
  };
  return () => (loading ??= load());
}

type Answer<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: CallFailure };

async function ask<T>(client: LoadClient, endpoint: Endpoint, params: Params, schema: z.ZodType<T>): Promise<Answer<T>> {
  try {
    const answer = schema.safeParse(await (await client()).send(endpoint, params));
    if (answer.success) return { ok: true, value: answer.data };
    return noAnswer(`${endpoint}: unreadable answer, ${firstIssue(answer.error)}`);
  } catch (error) {
    // Anything else that ccxt may throw comes without proof that nothing was sent.
    return error instanceof CallFailedError ? { ok: false, failure: error.failure } : noAnswer(`${endpoint}: ${String(error)}`);
  }
}

function noAnswer(cause: string): Answer<never> {
  return { ok: false, failure: { kind: 'noAnswer', cause } };
}

function toldToStayAway(waitMs: number): Answer<never> {
  const cause = `not called: the venue asked to stay away for another ${waitMs} ms`;
  return { ok: false, failure: { kind: 'notSent', cause, retryAfterMs: waitMs } };
}

function keptForExits(entriesMaxPct: number): Answer<never> {
  const cause = `not called: more than ${entriesMaxPct} % of the venue's limits are used, the rest is kept for exits`;
  return { ok: false, failure: { kind: 'notSent', cause, retryAfterMs: RETRY_AFTER_LOW_MS } };
}

function isSigned(endpoint: Endpoint): boolean {
  return endpoint.startsWith('fapiPrivate');
}

function firstIssue(error: z.ZodError): string {
  const issue = error.issues[0];
  return issue === undefined ? error.message : `${issue.path.join('.') || 'body'}: ${issue.message}`;
}
