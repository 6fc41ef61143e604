/** Wake-ups between functions. Losing, repeating or reordering them must be harmless: the outbox is the truth. */
export type Topic = 'order-intents' | 'order-checks';

/** What a message says: look at this intent. Nothing else travels, so nothing can be stale. */
export interface WakeUp {
  readonly intentId: string;
}

export interface Bus {
  /** Resolves when the bus has stored the message. Throws when it has not: the caller may repeat. */
  publish(topic: Topic, wakeUps: readonly WakeUp[]): Promise<void>;
}
