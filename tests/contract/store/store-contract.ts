/**
 * What every store adapter does, declared once and run on each. A factory gives a store on an empty namespace and a
 * way to see the raw documents behind it.
 */
import type { Store } from '../../../functions/src/ports/store.ts';
import { describeContention } from './contention-contract.ts';
import { describeDocuments } from './documents-contract.ts';
import { describeQueries } from './queries-contract.ts';
import { describeLostReplies } from './lost-replies-contract.ts';
import { describeSchemas } from './schemas-contract.ts';
import { describeStamps } from './stamps-contract.ts';
import { describeTransactions } from './transactions-contract.ts';

export interface StoreUnderTest {
  readonly store: Store;
  readonly namespace: string;
  /** A document as the database holds it; null when there is none. */
  readonly raw: (path: string) => Promise<Readonly<Record<string, unknown>> | null>;
  /** What the database holds in a time field. */
  readonly rawTime: (ms: number) => unknown;
  /** Makes the next commit report a lost connection, before or after it took effect. */
  readonly failNextCommit: (when: 'failBefore' | 'failAfter') => void;
}

export type OpenStore = () => Promise<StoreUnderTest>;

export function declareStoreContract(open: OpenStore): void {
  describeDocuments(open);
  describeStamps(open);
  describeSchemas(open);
  describeTransactions(open);
  describeContention(open);
  describeLostReplies(open);
  describeQueries(open);
}
