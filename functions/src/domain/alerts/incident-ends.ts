/**
 * Whether what an incident tells of is over. A condition ends when it is seen to be gone; an event, such as a trade that
 * somebody else has made, has no end of its own and ends when somebody acknowledges it.
 */
import type { IncidentKind, IncidentRecord } from '../../schema/records/incident.ts';

export interface OpenIncident {
  readonly id: string;
  readonly data: IncidentRecord;
}

/** Ids of the incidents whose condition still holds; null where that is not known. */
export interface IncidentFacts {
  readonly ledgerAgrees: boolean | null;
  readonly unprotected: ReadonlySet<string> | null;
  readonly unclearOrders: ReadonlySet<string> | null;
  readonly foreignOrders: ReadonlySet<string> | null;
  readonly acknowledged: ReadonlySet<string>;
}

const EVENTS: ReadonlySet<IncidentKind> = new Set(['foreignFills', 'overClose', 'liquidation', 'deleveraging']);

export const isEvent = ({ data }: OpenIncident): boolean => EVENTS.has(data.kind);

export function isOver({ id, data }: OpenIncident, facts: IncidentFacts): boolean {
  const isGone = (lasting: ReadonlySet<string> | null): boolean => lasting !== null && !lasting.has(id);
  switch (data.kind) {
    case 'ledgerMismatch':
      return facts.ledgerAgrees === true;
    case 'unprotectedPosition':
      return isGone(facts.unprotected);
    case 'ambiguousTooLong':
      return isGone(facts.unclearOrders);
    case 'foreignOrder':
      return isGone(facts.foreignOrders);
    case 'foreignFills':
    case 'overClose':
    case 'liquidation':
    case 'deleveraging':
      return facts.acknowledged.has(id);
  }
}
