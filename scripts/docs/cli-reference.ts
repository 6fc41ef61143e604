/** docs/cli.md: every verb, option, exit code and column, from what the command line itself goes by. */
import { ATTRIBUTION_COLUMNS } from '../../functions/src/cli/csv/attribution-columns.ts';
import type { CsvColumn } from '../../functions/src/cli/csv/csv-row.ts';
import { FILL_COLUMNS } from '../../functions/src/cli/csv/fill-columns.ts';
import { TRADE_COLUMNS } from '../../functions/src/cli/csv/trade-columns.ts';
import { callOf, optionText } from '../../functions/src/cli/usage.ts';
import { COMMON_OPTIONS, EXIT_CODES, GROUPS, TARGET_OPTIONS, VERBS, WITHOUT_TARGET } from '../../functions/src/cli/verb-table.ts';
import type { Verb, VerbOption } from '../../functions/src/cli/verbs/verb.ts';
import { markdownTable } from './markdown-table.ts';

const INTRODUCTION = `# Command line

\`npx portcullis\` looks at what the engine knows, decides and holds, and steers it: on a local run, an emulator or a deployed project, with the
same words. Tables are for people, \`--json\` is for programs, and what went wrong is one line on the standard error. This page is written by
\`npm run docs:generate\`; \`portcullis help\` and \`portcullis VERB --help\` say the same.`;

const WHO = `What changes something is a request of the function \`control\`, with a reason and an id, and leaves an audit entry in
\`control/trading/audit\`. In a deployed project \`control\` asks who you are; set

- \`PORTCULLIS_API_KEY\`, \`PORTCULLIS_EMAIL\` and \`PORTCULLIS_PASSWORD\`: the project's web API key, and an account of Firebase Authentication with the role
  operator (\`portcullis claims grant\`), or
- \`PORTCULLIS_ID_TOKEN\`: an ID token of such an account.

\`PORTCULLIS_CONTROL_URL\` names another address than \`https://REGION-PROJECT.cloudfunctions.net/control\`, such as that of a local run's dashboard
(\`http://127.0.0.1:PORT/api/control\`), which asks nobody who they are and needs no \`--project\`; after the end of such a run time goes on for as long as
what was asked for takes. On the state of a local run that has ended and on an emulator requests are worked off by the command itself.

Looking and exporting read Firestore with Application Default Credentials, and can write nothing. A local run that is under way keeps its state
to itself: look at it on its dashboard.

When the connection breaks, nobody knows whether a request was done. The command says so and shows its id; the same command with
\`--request-id\` and that id is done at most once, however often it is sent.`;

export function cliReference(): string {
  const groups = GROUPS.map(({ group, title }) => `## ${title}\n\n${VERBS.filter((verb) => verb.group === group).map(verbText).join('\n\n')}`);
  return [
    INTRODUCTION,
    `## Where the records are\n\n${optionTable(TARGET_OPTIONS)}\n\n${WITHOUT_TARGET}`,
    `## Who is asking\n\n${WHO}`,
    `## With every command\n\n${optionTable(COMMON_OPTIONS)}`,
    `## Exit codes\n\n${markdownTable(['Code', 'Meaning'], EXIT_CODES.map(([code, meaning]) => [String(code), meaning]))}`,
    ...groups,
    `## Columns of export\n\nCSV by RFC 4180 with a header. Times are ISO 8601 in UTC to the millisecond; amounts are exact decimals as they were recorded, never rounded;\nwhat is not known or does not apply is empty, never 0. Rows are in the order of the first column.`,
    columnText('export fills', FILL_COLUMNS),
    columnText('export trades', TRADE_COLUMNS),
    columnText('export attribution', ATTRIBUTION_COLUMNS),
  ].join('\n\n').concat('\n');
}

function verbText(verb: Verb): string {
  const more = verb.more.length === 0 ? '' : `\n\n${verb.more.join('\n\n')}`;
  const options = verb.options.length === 0 ? '' : `\n\n${optionTable(verb.options)}`;
  return `### \`${callOf(verb)}\`\n\n${verb.summary.charAt(0).toUpperCase()}${verb.summary.slice(1)}.${more}${options}\n\n\`\`\`\nnpx ${verb.example}\n\`\`\``;
}

const optionTable = (options: readonly VerbOption[]): string => markdownTable(['Option', 'Meaning'], options.map((option) => [`\`${optionText(option)}\``, option.text]));

const columnText = <T>(title: string, columns: readonly CsvColumn<T>[]): string => `### \`${title}\`\n\n${markdownTable(['Column', 'Meaning'], columns.map(({ name, meaning }) => [`\`${name}\``, meaning]))}`;
