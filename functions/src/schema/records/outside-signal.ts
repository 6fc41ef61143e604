import { z } from 'zod';
import { collection } from '../collection.ts';
import { epochMs, positionSide, symbolText } from '../scalars.ts';
import { vetoRecord } from './verdict.ts';

/** `signals/{strategy}.{id}`: one signal from outside and what became of it. Created once: its id cannot act twice. */
export const outsideSignalRecord = z.strictObject({
  id: z.string(),
  strategy: z.string(),
  keyId: z.string(),
  symbol: symbolText,
  action: z.enum(['enter', 'exit']),
  positionSide,
  strength: z.number().positive(),
  /** The sender's time of the signal, and ours of its arrival. */
  signalAt: epochMs,
  receivedAt: epochMs,
  /** Tick under which the whole decision is kept. */
  tickId: z.string(),
  outcome: z.enum(['noSignal', 'abstained', 'vetoed', 'intent']),
  reason: z.string().nullable(),
  vetoes: z.array(vetoRecord),
  intentId: z.string().nullable(),
  expireAt: epochMs,
});
export type OutsideSignalRecord = z.infer<typeof outsideSignalRecord>;
export const OUTSIDE_SIGNALS = collection('signals', 1, outsideSignalRecord);

/**
 * `signal_heads/{strategy}.{symbol}`: the newest signal taken. Signals of one strategy and symbol commit against it, so
 * that two at once cannot both enter and a late one cannot undo a newer.
 */
export const signalHead = z.strictObject({
  signalId: z.string(),
  signalAt: epochMs,
  /** The last entry that was made of a signal; null when none was. */
  entryIntentId: z.string().nullable(),
});
export type SignalHead = z.infer<typeof signalHead>;
export const SIGNAL_HEADS = collection('signal_heads', 1, signalHead);
