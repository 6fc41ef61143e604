/** What may be asked of `control`: one strict schema per verb, `verb` first. */
import { z } from 'zod';
import { positionSide, symbolText } from '../scalars.ts';

/** Chosen by whoever asks; the same one again is the same request, not a second one. */
export const requestIdText = z.string().regex(/^[A-Za-z0-9-]{8,64}$/, 'an id of 8 to 64 letters, digits and hyphens, such as a UUID');
const reason = z.string('why, in a few words').trim().min(3, 'why, in a few words, of at least 3 characters').max(500, 'at most 500 characters').refine((text) => text.isWellFormed(), 'whole characters, which records can hold');
const act = { requestId: requestIdText, reason };
const MINUTES_PER_YEAR = 525_600;
const minutes = z.int('a whole number of minutes').min(1).max(MINUTES_PER_YEAR).nullable().default(null);
/** Ids as the engine derives them. */
const recordId = z.string().regex(/^[A-Za-z0-9-]{1,100}$/, 'the id of an incident or alert, as alerts lists it');

const status = z.strictObject({ verb: z.literal('status') });
const why = z.strictObject({ verb: z.literal('why'), symbol: symbolText, last: z.int('a whole number from 1 to 50').min(1).max(50).default(5) });
const positions = z.strictObject({ verb: z.literal('positions') });
const orders = z.strictObject({ verb: z.literal('orders') });
const alerts = z.strictObject({ verb: z.literal('alerts'), closed: z.boolean('true for those that are over too').default(false) });
/** Asks the venue one question of each kind. */
const probe = z.strictObject({ verb: z.literal('probe') });

const halt = z.strictObject({ verb: z.literal('halt'), ...act, minutes });
const reduce = z.strictObject({ verb: z.literal('reduce'), ...act, minutes });
const resume = z.strictObject({ verb: z.literal('resume'), ...act });
const flatten = z.strictObject({ verb: z.literal('flatten'), ...act, symbol: symbolText.nullable().default(null), positionSide: positionSide.nullable().default(null) });
const disableSymbol = z.strictObject({ verb: z.literal('disable-symbol'), ...act, symbol: symbolText, hours: z.int('a whole number of hours').min(1).max(8760).nullable() });
const enableSymbol = z.strictObject({ verb: z.literal('enable-symbol'), ...act, symbol: symbolText });
const acknowledge = z.strictObject({ verb: z.literal('acknowledge'), ...act, incidentId: recordId });

export const readRequest = z.discriminatedUnion('verb', [status, why, positions, orders, alerts, probe]);
export const actRequest = z.discriminatedUnion('verb', [halt, reduce, resume, flatten, disableSymbol, enableSymbol, acknowledge]);
export type ReadRequest = z.infer<typeof readRequest>;
export type ActRequest = z.infer<typeof actRequest>;

export const controlRequest = z.discriminatedUnion(
  'verb',
  [...readRequest.options, ...actRequest.options],
  'a verb: status, why, positions, orders, alerts, probe, halt, reduce, resume, flatten, disable-symbol, enable-symbol or acknowledge',
);
export type ControlRequest = z.infer<typeof controlRequest>;

export const isRead = (request: ControlRequest): request is ReadRequest => readRequest.options.some(({ shape }) => shape.verb.value === request.verb);
