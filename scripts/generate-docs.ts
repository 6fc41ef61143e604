/** `npm run docs:generate`: writes what is documented from the code itself. A test compares it with what is committed. */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { inRepository } from './deployable/repository.ts';
import { generatedDocuments } from './docs/generated-documents.ts';

for (const [path, text] of Object.entries(generatedDocuments())) {
  await mkdir(dirname(inRepository(path)), { recursive: true });
  await writeFile(inRepository(path), text);
  process.stdout.write(`${path}\n`);
}
