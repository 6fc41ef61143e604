/** More incidents than a report reads: what others do in the account hides nothing of what is wrong with ours. */
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { FaultPlan } from '../../../functions/src/adapters/venue-simulated/fault-plan.ts';
import { raiseIncident } from '../../../functions/src/app/incidents.ts';
import { readOpenAlerts, readOpenIncidents } from '../../../functions/src/app/inspect/read-alerts.ts';
import { collection } from '../../../functions/src/schema/collection.ts';
import { ACKNOWLEDGEMENTS } from '../../../functions/src/schema/records/acknowledgement.ts';
import { ALERTS } from '../../../functions/src/schema/records/alert.ts';
import { INCIDENTS, OPEN_INCIDENTS, OPEN_INCIDENTS_ID } from '../../../functions/src/schema/records/incident.ts';
import { ALARMED, Pager } from '../../support/engine/alert-story.ts';
import { testConfig } from '../../support/engine/engine-run.ts';
import { exits, holding } from '../../support/engine/held-position.ts';
import { syncedWorld } from '../../support/engine/one-intent.ts';
import { cancelStops } from '../../support/engine/stories.ts';
import type { World } from '../../support/engine/world.ts';
import { set } from '../../unit/config/config-files.ts';

const MINUTE_MS = 60_000;
/** Their ids come before that of a position without a stop. */
const TOO_MANY = 120;
const numbered = (index: number): string => `foreignFills-${String(index).padStart(4, '0')}`;

async function raise(world: World, ...ids: readonly string[]): Promise<void> {
  const now = world.time.now();
  for (const id of ids) {
    await raiseIncident(world.deps(), { id, record: { kind: 'foreignFills', summary: id, symbol: 'ETHUSDT', intentId: null, ours: 'no order', venues: 'a trade', action: 'rotate the key', openedAt: now, lastSeenAt: now, seen: 1, resolvedAt: null } });
  }
}

const raiseTooMany = (world: World): Promise<void> => raise(world, ...Array.from({ length: TOO_MANY }, (_, index) => numbered(index)));

async function acknowledge(world: World, ...ids: readonly string[]): Promise<void> {
  const incidents = await world.store.get(Object.fromEntries(ids.map((id) => [id, { collection: INCIDENTS, id }])));
  await world.store.commit((writer) => {
    for (const id of ids) writer.set(ACKNOWLEDGEMENTS, id, { incidentId: id, openedAt: incidents[id]?.openedAt ?? 0, actor: 'ada', note: 'seen', at: world.time.now() });
  });
}

async function pass(world: World, minutes: number): Promise<void> {
  await world.time.runUntil(world.time.now() + minutes * MINUTE_MS);
}

async function openIds(world: World): Promise<readonly string[]> {
  const open = await world.store.query({ collection: INCIDENTS, where: [{ field: 'resolvedAt', op: '==', value: null }], limit: 1000 });
  return open.map(({ id }) => id);
}

async function listedIds(world: World): Promise<readonly string[] | undefined> {
  const { open } = await world.store.get({ open: { collection: OPEN_INCIDENTS, id: OPEN_INCIDENTS_ID } });
  return open?.ids;
}

/** But for screen, which none of these worlds runs. */
async function openAlertSubjects(world: World): Promise<readonly (string | null)[]> {
  const open = await world.store.query({ collection: ALERTS, where: [{ field: 'resolvedAt', op: '==', value: null }], limit: 1000 });
  return open.map(({ data }) => data.subject).filter((subject) => subject !== 'screen');
}

const alertsAbout = (pager: Pager, kind: string): readonly string[] => pager.heard.filter((message) => message.kind === kind).map(({ text }) => text.split(' ', 2)[1] ?? '');

/** A held position whose stop has gone and cannot be placed again while `isBlind`. */
async function withoutStop(pager: Pager) {
  const state = { isBlind: false };
  const venueFault: FaultPlan = (call) => (state.isBlind && call === 'placeStop' ? 'lost' : 'none');
  const config = testConfig(exits({}), set('runtime.json', ['alerts'], { sinks: { ops: {} }, repeatMinutes: 60 }));
  const world = await holding({ config, venueFault, sinks: pager.sinks });
  const lose = (): void => {
    state.isBlind = true;
    cancelStops(world);
  };
  return { world, lose, heal: () => void (state.isBlind = false) };
}

describe('a position without a stop, beside more incidents of others than are read', () => {
  test('is told, and listed for whoever looks', async () => {
    const pager = new Pager();
    const { world, lose } = await withoutStop(pager);
    await raiseTooMany(world);
    lose();
    await pass(world, 20);
    expect(alertsAbout(pager, 'unprotectedPosition')).toEqual(['CRITICAL']);
    expect((await readOpenIncidents(world.store)).filter(({ kind }) => kind === 'unprotectedPosition')).toHaveLength(1);
    expect((await readOpenAlerts(world.store)).filter(({ kind }) => kind === 'unprotectedPosition')).toHaveLength(1);
  });

  test('is told as over when it is, and not when they come', async () => {
    const pager = new Pager();
    const { world, lose, heal } = await withoutStop(pager);
    lose();
    await pass(world, 20);
    await raiseTooMany(world);
    await pass(world, 5);
    expect(alertsAbout(pager, 'unprotectedPosition')).toEqual(['CRITICAL']);
    heal();
    await pass(world, 5);
    expect(alertsAbout(pager, 'unprotectedPosition')).toEqual(['CRITICAL', 'RESOLVED']);
  });
});

describe('an incident that is not read because there are too many', () => {
  test('stays open and listed, and nobody is told that it is over', async () => {
    const pager = new Pager();
    const world = await syncedWorld({ config: ALARMED, sinks: pager.sinks });
    await raise(world, 'foreignFills-last');
    await pass(world, 2);
    await raiseTooMany(world);
    await pass(world, 3);
    expect(pager.heard.filter(({ text }) => text.includes('RESOLVED'))).toEqual([]);
    expect(await openAlertSubjects(world)).toContain('foreignFills-last');
    expect([(await openIds(world)).length, (await listedIds(world))?.length]).toEqual([TOO_MANY + 1, TOO_MANY + 1]);
  });

  test('costs no commit while nothing changes', async () => {
    const world = await syncedWorld({ config: ALARMED, sinks: new Pager().sinks });
    await raiseTooMany(world);
    await pass(world, 10);
    const before = world.crashes.reached.get('report.end-incidents');
    await pass(world, 3);
    expect(world.crashes.reached.get('report.end-incidents')).toBe(before);
  });

  test('is read as others end, until all are over', async () => {
    const world = await syncedWorld({ config: ALARMED, sinks: new Pager().sinks });
    await raise(world, 'foreignFills-last');
    await pass(world, 2);
    await raiseTooMany(world);
    await pass(world, 3);
    await acknowledge(world, ...(await openIds(world)));
    await pass(world, 5);
    expect([await openIds(world), await listedIds(world), await openAlertSubjects(world)]).toEqual([[], [], []]);
  });
});

describe('a list of open incidents', () => {
  const DAMAGED = collection(OPEN_INCIDENTS.name, 1, z.looseObject({}));
  const LOSSES: readonly (readonly [string, (world: World) => Promise<void>])[] = [
    ['missing', (world) => world.store.commit((writer) => writer.delete(OPEN_INCIDENTS, OPEN_INCIDENTS_ID))],
    ['damaged', (world) => world.store.commit((writer) => writer.set(DAMAGED, OPEN_INCIDENTS_ID, { ids: 'junk' }))],
  ];

  test.each(LOSSES)('that is %s is written anew', async (_title, lose) => {
    const world = await syncedWorld();
    await raise(world, 'foreignFills-first');
    await lose(world);
    await pass(world, 2);
    expect(await listedIds(world)).toEqual(['foreignFills-first']);
    expect(world.logLines.filter((line) => line.includes('could not be reported on'))).toEqual([]);
  });

  test.each(LOSSES)('that is %s when the next is raised loses none', async (_title, lose) => {
    const world = await syncedWorld();
    await raise(world, 'foreignFills-first');
    await lose(world);
    await raise(world, 'foreignFills-second');
    await acknowledge(world, 'foreignFills-second');
    await pass(world, 3);
    expect([await openIds(world), await listedIds(world)]).toEqual([['foreignFills-first'], ['foreignFills-first']]);
  });
});
