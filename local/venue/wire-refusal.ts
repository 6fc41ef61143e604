// Refusals of the HTTP layer, with Binance's status, code and wording. The matching core has its own for orders.
import type { Rejection } from '../../functions/src/domain/matching/rejection.ts';

/** Thrown inside an endpoint, answered by the server as `{code, msg}`. */
export class WireRefusal extends Error {
  readonly status: number;
  readonly code: number;
  readonly retryAfterS: number | null;

  constructor(status: number, code: number, message: string, retryAfterS: number | null = null) {
    super(message);
    this.name = 'WireRefusal';
    this.status = status;
    this.code = code;
    this.retryAfterS = retryAfterS;
  }
}

export function refusalOf(rejection: Rejection): WireRefusal {
  return new WireRefusal(400, rejection.code, rejection.message);
}

export function missingParameter(name: string): WireRefusal {
  return new WireRefusal(400, -1102, `Mandatory parameter '${name}' was not sent, was empty/null, or malformed.`);
}

export function invalidParameter(name: string): WireRefusal {
  return new WireRefusal(400, -1130, `Data sent for parameter '${name}' is not valid.`);
}

export function invalidCombination(): WireRefusal {
  return new WireRefusal(400, -1128, 'Combination of optional parameters invalid.');
}

export function invalidSymbol(): WireRefusal {
  return new WireRefusal(400, -1121, 'Invalid symbol.');
}
