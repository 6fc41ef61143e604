import { describe, expect, test } from 'vitest';
import type { IncomeRow } from '../../../../functions/src/domain/account/account.ts';
import type { Reading } from '../../../../functions/src/domain/found.ts';
import { NOW, type Reply, type ScriptedVenue, json, scriptedVenue } from './scripted-venue.ts';

const INCOME = 'GET /fapi/v1/income';
const SINCE = NOW - 60_000;

interface Row {
  readonly id: number;
  readonly time: number;
}

const rows = (count: number, time: number, from = 0): readonly Row[] => Array.from({ length: count }, (_, index) => ({ id: from + index, time }));
const wire = ({ id, time }: Row) => ({ tranId: id, incomeType: 'COMMISSION', symbol: 'BTCUSDT', asset: 'USDT', income: '-0.1', time });

/** Answers as the venue does: from the start on, oldest first, by page. */
function incomeReply(all: readonly Row[]): Reply {
  return (response, request) => {
    const { startTime, limit, page = '1' } = request.params;
    const from = all.filter(({ time }) => time >= Number(startTime));
    json(from.slice((Number(page) - 1) * Number(limit), Number(page) * Number(limit)).map(wire))(response, request);
  };
}

async function asked(reply: Reply): Promise<ScriptedVenue & { readonly reading: Reading<readonly IncomeRow[]> }> {
  const scripted = await scriptedVenue();
  scripted.script[INCOME] = reply;
  return { ...scripted, reading: await scripted.venue.incomeSince(SINCE) };
}

function idsOf(reading: Reading<readonly IncomeRow[]>): readonly string[] {
  if (reading.kind === 'unavailable') throw new Error(reading.cause);
  return reading.value.map(({ incomeId }) => incomeId);
}

const idsOfRows = (of: readonly Row[]): readonly string[] => of.map(({ id }) => `COMMISSION-${id}`);

describe('income since a time', () => {
  test('that does not fill a page is one call that names none', async () => {
    const all = rows(999, SINCE);
    const { reading, requests } = await asked(incomeReply(all));
    expect(idsOf(reading)).toEqual(idsOfRows(all));
    const calls = requests.filter(({ endpoint }) => endpoint === INCOME).map(({ params: { timestamp: _t, recvWindow: _w, signature: _s, ...params } }) => params);
    expect(calls).toEqual([{ startTime: String(SINCE), limit: '1000' }]);
  });

  test('is told whole, each row once, where one millisecond fills more than a page', async () => {
    const all = [...rows(2300, SINCE), ...rows(40, SINCE + 1, 2300), ...rows(3, SINCE + 500, 2340)];
    const { reading, countOf } = await asked(incomeReply(all));
    expect(idsOf(reading)).toEqual(idsOfRows(all));
    expect(countOf(INCOME)).toBe(3);
  });

  test('that fills pages exactly ends at an empty one', async () => {
    const { reading, countOf } = await asked(incomeReply(rows(2000, SINCE)));
    expect([idsOf(reading).length, countOf(INCOME)]).toEqual([2000, 3]);
  });

  test('tells a row once that was moved to the next page by one published meanwhile', async () => {
    const all = rows(1500, SINCE + 1, 1);
    const late = { id: 0, time: SINCE };
    const { reading } = await asked((response, request) => incomeReply(request.params['page'] === undefined ? all : [late, ...all])(response, request));
    expect(idsOf(reading)).toEqual(idsOfRows(all));
  });

  test('is unavailable rather than incomplete when a later page fails', async () => {
    const { reading } = await asked((response, request) => (request.params['page'] === '3' ? json('', 502) : incomeReply(rows(2300, SINCE)))(response, request));
    expect(reading.kind).toBe('unavailable');
  });

  test.each([
    ['there is more', incomeReply(rows(6000, SINCE))],
    ['every page is the first', json(rows(1000, SINCE).map(wire))],
  ])('ends after five pages by as many rows as say that it may not be all, where %s', async (_why, reply) => {
    const { reading, countOf } = await asked(reply);
    expect([idsOf(reading).length, countOf(INCOME)]).toEqual([5000, 5]);
  });
});
