/** `npm run records:accept`, once per release: keeps the forms that its records have, so that no later version refuses what it stored. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inRepository } from './deployable/repository.ts';
import { FORMS_FOLDER, presentForms } from './record-forms/record-forms.ts';

const version = (await readFile(inRepository('VERSION'), 'utf8')).trim();
const file = join(FORMS_FOLDER, `${version}.json`);
const lines = Object.entries(await presentForms()).map(([record, form]) => `${JSON.stringify(record)}: ${JSON.stringify(form)}`);
await writeFile(inRepository(file), `{\n${lines.join(',\n')}\n}\n`);
process.stdout.write(`Wrote ${file}; the forms of a version that has been released are never changed again.\n`);
