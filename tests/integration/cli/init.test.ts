import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { InitCommand } from '../../../functions/src/cli/command.ts';
import { parseEnvironment } from '../../../functions/src/config/environment.ts';
import { loadConfig } from '../../../functions/src/config/load-config.ts';
import { askAnswers } from '../../../local/init/ask-answers.ts';
import { parseEnv } from 'node:util';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { launched } from './launched.ts';

const cleanUp = new AsyncDisposableStack();
afterAll(() => cleanUp.disposeAsync());

let folder = '';
beforeEach(async () => {
  folder = await temporaryFolder(cleanUp);
});

const init = (...args: readonly string[]) => launched(['init', '--dir', folder, ...args]);
const textOf = (path: string): string => readFileSync(join(folder, path), 'utf8');
const configIn = () => loadConfig((name) => (existsSync(join(folder, 'config', name)) ? textOf(`config/${name}`) : null));

describe('portcullis init', () => {
  it('writes a project that loads, with what was said and defaults for the rest', async () => {
    const { code, out, problems } = await init('--yes', '--project', 'my-project', '--trading-env', 'testnet', '--region', 'europe-west1', '--symbols', 'ethusdt,SOLUSDT', '--nav', '25000');
    expect([code, problems]).toEqual([0, '']);
    expect(out).toContain('written    .firebaserc');
    const config = configIn();
    expect(config.risk.referenceNavUsd).toBe(25_000);
    expect(config.universe.symbols.filter(({ enabled }) => enabled).map(({ symbol }) => symbol)).toEqual(['ETHUSDT', 'SOLUSDT']);
    expect(parseEnvironment({ ...parseEnv(textOf('functions/.env.my-project')) })).toMatchObject({ tradingEnv: 'testnet', region: 'europe-west1', allowProdWrite: false, allowProdSync: false });
    expect(JSON.parse(textOf('.firebaserc'))).toEqual({ projects: { default: 'my-project' } });
    expect(textOf('firebase.json')).toContain('"region": "europe-west1"');
  });

  it('without a project writes for the emulators, and again changes nothing', async () => {
    expect(await init('--yes')).toMatchObject({ code: 0 });
    expect(existsSync(join(folder, 'functions/.env.local'))).toBe(true);
    const { code, out } = await init('--yes', '--json');
    expect([code, JSON.parse(out)]).toEqual([0, { directory: folder, written: [], unchanged: expect.arrayContaining(['config/risk.json', 'functions/.env.local', 'firebase.json']) }]);
  });

  it('replaces nothing that a person has written, unless told to', async () => {
    await init('--yes', '--project', 'my-project');
    writeFileSync(join(folder, 'functions/.env.my-project'), 'TRADING_ENV=paper\nINTEL_ENABLED=true\n');
    const refused = await init('--yes', '--project', 'my-project', '--nav', '5000');
    expect(refused).toEqual({ code: 2, out: '', problems: 'portcullis: nothing was written: config/risk.json, functions/.env.my-project are there and would change; --force replaces what is there\n' });
    expect(textOf('functions/.env.my-project')).toContain('INTEL_ENABLED=true');
    expect(configIn().risk.referenceNavUsd).toBe(10_000);
    expect(await init('--yes', '--project', 'my-project', '--nav', '5000', '--force')).toMatchObject({ code: 0 });
    expect(configIn().risk.referenceNavUsd).toBe(5000);
    expect(textOf('functions/.env.my-project')).toContain('INTEL_ENABLED=false');
  });

  it.each([
    ['settings that contradict each other', ['--yes', '--nav', '20'], /fault/],
    ['a symbol that is not in the universe', ['--yes', '--symbols', 'DOGEUSDT'], /DOGEUSDT is not in config\/universe\.json/],
    ['production', ['--yes', '--trading-env', 'prod'], /--trading-env "prod" is not known; allowed: paper, testnet/],
    ['a project id that is none', ['--yes', '--project', 'My Project'], /allowed is the id of a Firebase project/],
    ['asking where nobody sits', [], /there is no terminal to ask at: say --yes/],
  ])('refuses %s and writes nothing', async (_title, args, message) => {
    const { code, problems } = await init(...args);
    expect(code).toBe(2);
    expect(problems).toMatch(message);
    expect(readdirSync(folder)).toEqual([]);
  });
});

function answering(...answers: readonly string[]) {
  const [input, output] = [new PassThrough(), new PassThrough()];
  let asked = '';
  const left = [...answers];
  output.setEncoding('utf8').on('data', (text: string) => {
    asked += text;
    if (text.trimEnd().endsWith(':')) input.write(`${left.shift() ?? ''}\n`);
  });
  return { terminal: { input, output, isInteractive: true }, asked: () => asked };
}

describe('the questions of init', () => {
  const COMMAND: InitCommand = { verb: 'init', project: null, tradingEnv: null, region: null, symbols: null, nav: null, dir: null, yes: false, force: false };

  it('are asked for what was not said, and an empty answer is the default', async () => {
    const { terminal, asked } = answering('my-project', '', '', 'btcusdt, ethusdt', '5000');
    expect(await askAnswers(COMMAND, terminal)).toEqual({ project: 'my-project', tradingEnv: 'paper', region: 'asia-northeast1', symbols: ['BTCUSDT', 'ETHUSDT'], nav: '5000' });
    expect(asked()).toContain('Trading environment, paper or testnet [paper]: ');
  });

  it('leave out what was said', async () => {
    const { terminal, asked } = answering('');
    await askAnswers({ ...COMMAND, project: 'my-project', tradingEnv: 'testnet', region: 'europe-west1', symbols: ['BTCUSDT'] }, terminal);
    expect(asked()).toBe('Reference NAV in US dollars (empty: as in config/risk.json): ');
  });

  it('refuse production', async () => {
    await expect(askAnswers(COMMAND, answering('', 'prod').terminal)).rejects.toThrow('trading environment "prod": allowed are paper and testnet');
  });
});
