import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { inRepository } from '../deployable/repository.ts';

export interface SourceText {
  /** From the root of the repository. */
  readonly path: string;
  readonly text: string;
}

/** Every TypeScript file below the given folders of the repository. */
export function sourceTexts(...folders: readonly string[]): readonly SourceText[] {
  return folders.flatMap((folder) =>
    readdirSync(inRepository(folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => join(folder, name))
      .map((path) => ({ path, text: readFileSync(inRepository(path), 'utf8') })),
  );
}
