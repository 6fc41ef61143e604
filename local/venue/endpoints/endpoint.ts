import type { Parameters } from '../parameters.ts';
import type { VenueEngine } from '../venue-engine.ts';
import type { WireValue } from '../wire-json.ts';

export interface EndpointCall {
  readonly venue: VenueEngine;
  readonly parameters: Parameters;
  /** The venue's time: everything up to it has happened. */
  readonly now: number;
  /** What /time answers: `now` plus the injected clock skew. */
  readonly serverTime: number;
}

export interface Endpoint {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  readonly signed: boolean;
  readonly weight: number | ((parameters: Parameters) => number);
  /** Counts against the order limits and reports them. */
  readonly isOrder?: boolean;
  /** Names it reads, besides those of every signed request. */
  readonly parameters: readonly string[];
  /** Throws WireRefusal. */
  readonly handle: (call: EndpointCall) => WireValue;
}

export const SIGNED_PARAMETERS = ['timestamp', 'recvWindow', 'signature'];
