import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { OperatorError } from '../../functions/src/cli/operator-error.ts';

export interface Written {
  readonly written: readonly string[];
  readonly unchanged: readonly string[];
}

/** All or, when one of them is there and says something else, none: throws OperatorError, unless `force` replaces it. */
export function writeFiles(directory: string, files: Readonly<Record<string, string>>, force: boolean): Written {
  const changed = Object.entries(files).filter(([path, text]) => textAt(join(directory, path)) !== text);
  const inTheWay = changed.map(([path]) => path).filter((path) => existsSync(join(directory, path)));
  if (inTheWay.length > 0 && !force) throw new OperatorError(`nothing was written: ${inTheWay.join(', ')} ${inTheWay.length === 1 ? 'is' : 'are'} there and would change; --force replaces what is there`);
  for (const [path, text] of changed) {
    const file = join(directory, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(`${file}.new`, text);
    renameSync(`${file}.new`, file);
  }
  const written = changed.map(([path]) => path);
  return { written, unchanged: Object.keys(files).filter((path) => !written.includes(path)) };
}

/** Null for a file that is not there. */
export function textAt(file: string): string | null {
  return existsSync(file) ? readFileSync(file, 'utf8') : null;
}
