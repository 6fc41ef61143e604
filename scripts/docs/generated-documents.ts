import { cliReference } from './cli-reference.ts';
import { alertReference } from './alert-reference.ts';
import { configurationReference } from './configuration-reference.ts';
import { jsonSchemaFiles } from './json-schemas.ts';
import { recordsReference } from './records-reference.ts';
import { vetoTable } from './veto-table.ts';

/** Every file of the repository that is written by `npm run docs:generate`, path to text. */
export function generatedDocuments(): Readonly<Record<string, string>> {
  return {
    'docs/vetoes.md': vetoTable(),
    'docs/alerts.md': alertReference(),
    'docs/cli.md': cliReference(),
    'docs/configuration.md': configurationReference(),
    'docs/events-and-records.md': recordsReference(),
    ...jsonSchemaFiles(),
  };
}
