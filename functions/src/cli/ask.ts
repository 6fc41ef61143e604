/** A request of `control`, wherever it is worked off. */
import type { Refusal } from '../app/requests/refusal.ts';
import type { ControlRequest } from '../schema/requests/control-request.ts';

export type Asked =
  | { readonly kind: 'answered'; readonly body: unknown }
  | Pick<Refusal, 'kind' | 'message' | 'next' | 'retryAfterSeconds'>
  /** Nobody knows whether it was done; sent again under its id, it is done at most once. */
  | { readonly kind: 'unclear'; readonly cause: string };

export type Ask = (request: ControlRequest) => Promise<Asked>;
