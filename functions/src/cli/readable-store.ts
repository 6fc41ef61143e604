import type { Inspection } from '../compose/start-inspection.ts';

/** The records could not be read, for whatever reason the store's client gives. */
export class UnreadableError extends Error {
  override readonly name = 'UnreadableError';
}

/** A store whose every failure is an UnreadableError: what a command says then is one line, not a stack. */
export function readableStore(records: Inspection['store'], place: string): Inspection['store'] {
  const read = async <T>(reading: Promise<T>): Promise<T> => {
    try {
      return await reading;
    } catch (error) {
      throw new UnreadableError(`${place} cannot be read: ${firstLine(error)}`, { cause: error });
    }
  };
  return { get: (wanted) => read(records.get(wanted)), query: (query) => read(records.query(query)) };
}

const firstLine = (error: unknown): string => (error instanceof Error ? (error.message.split('\n')[0] ?? '').trim() : String(error));
