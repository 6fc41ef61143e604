import type { ClaimsCommand } from '../command.ts';
import { OperatorError } from '../operator-error.ts';
import { wordOf } from '../typed.ts';
import type { Verb } from './verb.ts';

const CLAIMS: readonly ClaimsCommand['what'][] = ['show', 'grant', 'revoke'];
const ROLES: readonly NonNullable<ClaimsCommand['role']>[] = ['operator', 'viewer'];
const MOST_WORDS = 3;

const init: Verb = {
  name: 'init',
  group: 'set up',
  operands: '',
  mostOperands: 0,
  summary: 'write configuration and environment files by asking',
  options: [
    { name: 'project', value: 'ID', text: 'the Firebase project that will run it' },
    { name: 'trading-env', value: 'paper|testnet', text: 'where its orders go (default: paper)' },
    { name: 'region', value: 'REGION', text: 'where it runs (default: asia-northeast1)' },
    { name: 'symbols', value: 'A,B', text: 'which symbols of universe.json it may trade (default: those enabled there)' },
    { name: 'nav', value: 'USD', text: 'the reference NAV that caps are checked against (default: that of risk.json)' },
    { name: 'dir', value: 'DIR', text: 'the project folder to write to (default: this one)' },
    { name: 'yes', value: null, text: 'ask nothing: defaults for whatever is not said' },
    { name: 'force', value: null, text: 'replace files that are there and say something else' },
  ],
  hasTarget: false,
  more: ['All files are checked as a whole before one is written. Production is not on offer: docs/deploy.md says what it takes.'],
  example: 'portcullis init --project my-project --symbols BTCUSDT --nav 5000 --yes',
  read: (typed) => ({
    verb: 'init',
    project: typed.text('project'),
    tradingEnv: typed.word('trading-env', ['paper', 'testnet'] as const),
    region: typed.text('region'),
    symbols: typed.symbols('symbols'),
    nav: typed.amount('nav', 'an amount of US dollars above zero such as 5000'),
    dir: typed.text('dir'),
    yes: typed.has('yes'),
    force: typed.has('force'),
  }),
};

const claims: Verb = {
  name: 'claims',
  group: 'set up',
  operands: 'show|grant|revoke WHO [operator|viewer]',
  mostOperands: MOST_WORDS,
  summary: 'who may operate and who may look: the role of an account',
  options: [],
  hasTarget: true,
  more: [
    'WHO is the e-mail address or the uid of an account of Firebase Authentication. A role counts from the next sign-in on; revoke also ends the sign-ins there are.',
    'Needs Application Default Credentials that may administer Firebase Authentication.',
  ],
  example: 'portcullis claims grant ada@example.com operator --project my-project',
  read: (typed) => {
    const what = wordOf('action of claims', typed.operands[0] ?? '', CLAIMS);
    const who = typed.operand(1, `claims ${what} needs the e-mail address or uid of an account`);
    const role = what === 'grant' ? wordOf('role', typed.operands[2] ?? '', ROLES) : null;
    if (what !== 'grant' && typed.operands[2] !== undefined) throw new OperatorError(`claims ${what} takes no role`);
    return { verb: 'claims', what, who, role };
  },
};

export const SETTING_UP: readonly Verb[] = [init, claims];
