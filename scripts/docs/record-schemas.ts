/** The schema behind each exported collection of records, by the name of its constant. */
import { z } from 'zod';
import { sourceTexts } from '../sources/source-text.ts';

export async function schemasByConstant(): Promise<ReadonlyMap<string, z.ZodType>> {
  const withSchema = z.object({ schema: z.instanceof(z.ZodType) });
  const found = new Map<string, z.ZodType>();
  for (const { path } of sourceTexts('functions/src/schema/records')) {
    const exported: Record<string, unknown> = await import(new URL(`../../${path}`, import.meta.url).href);
    for (const [name, value] of Object.entries(exported)) {
      const parsed = withSchema.safeParse(value);
      if (parsed.success) found.set(name, parsed.data.schema);
    }
  }
  return found;
}
