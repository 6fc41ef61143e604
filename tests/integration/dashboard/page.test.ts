/** The page as a person meets it: Chromium, the built files, an embedded Firestore. */
import type { RequestListener } from 'node:http';
import { text } from 'node:stream/consumers';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { NAV_STATE, NAV_STATE_ID } from '../../../functions/src/schema/records/nav-state.ts';
import { TRADING_CONTROL, TRADING_CONTROL_ID } from '../../../functions/src/schema/records/trading-control.ts';
import { hasBrowser, launch, visit } from './browser.ts';
import { NOW, aNav, anAccount, fill, serve } from './seeded-account.ts';
import type { Account } from './seeded-account.ts';

const FIRST_PAINT_MS = 1000;

describe.skipIf(!hasBrowser)('the dashboard in Chromium (skipped where that is not installed: apt-get install chromium)', { timeout: 60_000 }, () => {
  const forAll = new AsyncDisposableStack();
  let browser: Browser;
  let cleanUp: AsyncDisposableStack;
  let account: Account;
  beforeAll(async () => {
    browser = await launch(forAll);
  });
  afterAll(() => forAll.disposeAsync());
  beforeEach(async () => {
    cleanUp = new AsyncDisposableStack();
    account = await anAccount(cleanUp);
  });
  afterEach(() => cleanUp.disposeAsync());

  const show = async (look = {}, control: RequestListener | null = null) => visit(browser, await serve(cleanUp, account, account.settings, control), look);

  it('shows thirty days of an account within a second, and reads without a write', async () => {
    await fill(account, 30);
    const { page, faults, requests } = await show();
    await page.locator('.figure.big').getByText('10,480.25').waitFor();
    expect(await page.evaluate('performance.getEntriesByName("first-contentful-paint")[0].startTime')).toBeLessThan(FIRST_PAINT_MS);
    await page.getByRole('button', { name: '30 d' }).click();
    await page.getByLabel(/^NAV from 2026-02-08/).waitFor();
    const seen = (await page.locator('main').innerText()).replace(/\s+/g, ' ');
    for (const figure of ['BTCUSDT long', 'stop 98,000 (-3.46 %)', 'target 106,000', 'unprotected for 4 min', '2 of 2', 'tier_cap', 'ledgerMismatch'.replace(/M/, ' m'), 'maker first', 'working', 'book of BTCUSDT unavailable']) {
      expect(seen).toContain(figure);
    }
    expect(new Set(requests.filter((request) => !request.startsWith('GET ')))).toEqual(new Set([
      `POST /v1/projects/demo-portcullis/databases/(default)/documents:batchGet`, `POST /v1/projects/demo-portcullis/databases/(default)/documents/hedge/paper:runQuery`,
    ]));
    expect(faults).toEqual([]);
  });

  it.each([{}, { phone: true }, { phone: true, dark: true }])('says on an empty project that there is nothing yet, and needs no sideways scrolling %j', async (look) => {
    const { page, faults } = await show(look);
    await page.getByText('No records yet').waitFor();
    expect(await page.locator('main').innerText()).not.toMatch(/\b0\.00\b|NaN|undefined|null/);
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    expect(faults).toEqual([]);
  });

  it('fits a phone with everything on it', async () => {
    await fill(account);
    const { page } = await show({ phone: true });
    await page.getByText('unprotected for 4 min').waitFor();
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
  });

  it('shows a new NAV without being loaded again', async () => {
    await fill(account);
    const { page } = await show();
    await page.locator('.figure.big').getByText('10,480.25').waitFor();
    account.clock.now += 60_000;
    await account.store.transact(async (tx) => tx.set(NAV_STATE, NAV_STATE_ID, aNav({ navUsd: '10512.5', valueAt: NOW + 60_000 })));
    await page.locator('.figure.big').getByText('10,512.50').waitFor();
    expect(await page.locator('#nav').innerText()).not.toContain('10,480.25');
  });

  it('says plainly that it is stale, and that it has lost the connection, and keeps the last figures', async () => {
    await fill(account);
    const { page } = await show();
    await page.locator('.figure.big').getByText('10,480.25').waitFor();
    account.clock.now += 3_600_000;
    await page.getByText('Stale: the engine stands still').waitFor();
    await account.firestore.close();
    await page.getByText('No connection').waitFor();
    expect(await page.locator('.figure.big').innerText()).toContain('10,480.25');
  });

  it('halts by keyboard alone: asks for a reason, puts the question to control, and shows the new state', async () => {
    await fill(account);
    const asked: unknown[] = [];
    const control: RequestListener = (request, response) => {
      void text(request).then(async (body) => {
        asked.push(JSON.parse(body));
        await account.store.transact(async (tx) => tx.set(TRADING_CONTROL, TRADING_CONTROL_ID, { state: 'HALTED', actor: 'ann', reason: 'storm', changedAt: NOW, expiresAt: null }));
        return response.end('{"summary":"trading is HALTED"}');
      });
    };
    const { page, faults } = await show({}, control);
    await page.getByRole('button', { name: 'Halt' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'Halt trading?' }).waitFor();
    await page.keyboard.press('Enter');
    expect(asked).toEqual([]);
    await page.keyboard.type('storm');
    await page.keyboard.press('Enter');
    await page.getByText('Trading halted: nothing is sent, exits included').waitFor();
    expect(asked).toEqual([{ verb: 'halt', requestId: expect.stringMatching(/^[\da-f-]{36}$/), reason: 'storm', minutes: null }]);
    expect(await page.getByRole('dialog').count()).toBe(0);
    expect(await page.getByRole('button', { name: 'Resume' }).count()).toBe(1);
    expect(faults).toEqual([]);
  });

  it('shows why control refused, changes nothing, and can be left with Escape', async () => {
    await fill(account);
    const { page } = await show();
    await page.getByRole('button', { name: 'Reduce' }).click();
    await page.getByLabel('Reason').fill('too hot');
    await page.getByRole('button', { name: 'Reduce only' }).click();
    await page.getByText('Refused: This run has no control function. Nothing was changed.').waitFor();
    await page.keyboard.press('Escape');
    expect(await page.getByRole('dialog').count()).toBe(0);
    expect(await page.locator('.chip.state').innerText()).toBe('ACTIVE');
  });

  it('reads the curve by arrow keys', async () => {
    await fill(account);
    const { page } = await show();
    const curve = page.locator('#nav-curve');
    await curve.focus();
    await page.keyboard.press('Home');
    await page.getByText('at 2026-03-09 15:30:00 UTC').first().waitFor();
    expect(await page.locator('#nav .readout').first().innerText()).toMatch(/^[\d,.]+ USD at 2026-03-09 15:30:00 UTC$/);
  });

  it('signs in with e-mail and password, reads with the token of that person, and offers a viewer no control', async () => {
    await fill(account);
    const url = await serve(cleanUp, account, { ...account.settings, backend: 'cloud', projectId: null });
    const idToken = `h.${Buffer.from(JSON.stringify({ email: 'vera@example.com', exp: 4_000_000_000, role: 'viewer' })).toString('base64url')}.s`;
    const bearers = new Set<string | undefined>();
    const { page } = await visit(browser, url, {}, async (opened) => {
      await opened.route('**/__/firebase/init.json', (route) => route.fulfill({ json: { projectId: 'demo-portcullis', apiKey: 'key' } }));
      // The policy of the local server names no address of the cloud, which that of firebase.json does.
      await opened.route(url, async (route) => {
        const served = await route.fetch();
        const { 'content-security-policy': _, ...headers } = served.headers();
        await route.fulfill({ response: served, headers });
      });
      await opened.route('https://identitytoolkit.googleapis.com/**', async (route) => {
        const { password } = route.request().postDataJSON();
        await (password === 'right' ? route.fulfill({ json: { idToken, refreshToken: 'again' } }) : route.fulfill({ status: 400, json: { error: { message: 'INVALID_LOGIN_CREDENTIALS' } } }));
      });
      await opened.route('https://firestore.googleapis.com/**', async (route) => {
        if (route.request().method() === 'OPTIONS') return route.fulfill({ status: 204 });
        bearers.add(route.request().headers()['authorization']);
        const reply = await fetch(`http://${account.firestore.host}${new URL(route.request().url()).pathname}`, { method: 'POST', body: route.request().postData() ?? '' }).catch(() => null);
        // The page reads on while the test's servers close.
        if (reply === null) return route.abort();
        await route.fulfill({ status: reply.status, body: await reply.text(), headers: { 'access-control-allow-origin': '*', 'content-type': 'application/json' } });
      });
    });
    await page.getByLabel('E-mail').fill('vera@example.com');
    await page.getByLabel('Password').fill('wrong');
    await page.keyboard.press('Enter');
    await page.getByText('E-mail or password is wrong.').waitFor();
    await page.getByLabel('Password').fill('right');
    await page.keyboard.press('Enter');
    await page.locator('.figure.big').getByText('10,480.25').waitFor();
    expect(await page.getByText('vera@example.com (viewer)').count()).toBe(1);
    expect(await page.getByRole('button', { name: 'Halt' }).count()).toBe(0);
    expect([...bearers]).toEqual([`Bearer ${idToken}`]);
    expect(await page.evaluate('JSON.stringify([localStorage.length, Object.keys(sessionStorage)])')).toBe('[0,["portcullis.refreshToken"]]');
  });
});
