import { CorruptRecordError } from '../../ports/store.ts';
import { ROUTER_HEALTH, ROUTER_HEALTH_ID } from '../../schema/records/router-health.ts';
import type { RouterHealth } from '../../schema/records/router-health.ts';
import type { EngineDeps } from '../engine-deps.ts';

/** What has been learned may be unreadable, and orders go on without it: config decides until learn has written it anew. */
export async function readRouterHealth({ store, log }: Pick<EngineDeps, 'store' | 'log'>): Promise<RouterHealth | null> {
  try {
    const { health } = await store.get({ health: { collection: ROUTER_HEALTH, id: ROUTER_HEALTH_ID } });
    return health;
  } catch (error) {
    if (!(error instanceof CorruptRecordError)) throw error;
    log.recordUnreadable(error.path, error.message);
    return null;
  }
}
