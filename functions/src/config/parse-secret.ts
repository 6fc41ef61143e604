import type { z } from 'zod';
import { ConfigError } from './config-error.ts';

/** Throws ConfigError that says what is allowed; it never repeats what the secret holds. */
export function parseSecret<T>(name: string, schema: z.ZodType<T>, value: unknown, allowed: string): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new ConfigError([{ file: 'secrets', at: null, path: name, problem: 'the secret does not have the right shape', allowed }]);
}

/** An unset secret is an empty object. Undefined for what is not JSON; the schema then says what was expected. */
export function secretJson(text: string): unknown {
  try {
    return JSON.parse(text === '' ? '{}' : text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
