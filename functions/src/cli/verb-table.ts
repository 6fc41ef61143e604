/** Every verb there is. Help, docs/cli.md and what is allowed on a command line all follow from it. */
import { ACTING } from './verbs/acting.ts';
import { LOOKING } from './verbs/looking.ts';
import { MARKET_DATA } from './verbs/market-data.ts';
import { SETTING_UP } from './verbs/setting-up.ts';
import { EXPORT } from './verbs/taking-out.ts';
import type { Verb, VerbOption } from './verbs/verb.ts';

export const VERBS: readonly Verb[] = [...LOOKING, ...ACTING, EXPORT, ...MARKET_DATA, ...SETTING_UP];

export const GROUPS: readonly { readonly group: Verb['group']; readonly title: string }[] = [
  { group: 'look', title: 'Look' },
  { group: 'act', title: 'Act: each with a reason, audited' },
  { group: 'take out', title: 'Take out' },
  { group: 'market data', title: 'Market data and replay' },
  { group: 'set up', title: 'Set up' },
];

/** Options of every verb that has a target. */
export const TARGET_OPTIONS: readonly VerbOption[] = [
  { name: 'local', value: null, text: 'the state of a local run in .local/last-run' },
  { name: 'data', value: 'DIR', text: 'the state of the local run that was started with --data DIR' },
  { name: 'emulator', value: null, text: 'the Firestore emulator of FIRESTORE_EMULATOR_HOST, or of firebase.json' },
  { name: 'project', value: 'ID', text: 'the deployed project of this id' },
  { name: 'env', value: 'paper|testnet|prod', text: 'whose records (default: TRADING_ENV, or paper)' },
];

/** Options of every verb. */
export const COMMON_OPTIONS: readonly VerbOption[] = [
  { name: 'json', value: null, text: 'one JSON object for programs; times in it are epoch milliseconds' },
  { name: 'help', value: null, text: 'what the verb does and takes' },
];

export const WITHOUT_TARGET =
  'Without --local, --data, --emulator and --project the environment decides: FIRESTORE_EMULATOR_HOST names an emulator, GOOGLE_APPLICATION_CREDENTIALS a project; else it is the last local run.';

export const EXIT_CODES: readonly (readonly [number, string])[] = [
  [0, 'answered, or done'],
  [1, 'the records could not be read, control could not be asked, or a replay differs; asking again may help'],
  [2, 'something for you to put right; the one line that was printed says what, and nothing was changed'],
];

/** What a verb may be told, its own options first. */
export const optionsOf = (verb: Verb): readonly VerbOption[] => [...verb.options, ...(verb.hasTarget ? TARGET_OPTIONS : []), ...COMMON_OPTIONS];
