import type { RequestListener } from 'node:http';
import { loadConfig } from '../../functions/src/config/load-config.ts';
import { dashboardFiles } from '../../scripts/dashboard/dashboard-files.ts';
import { localSettings } from '../../scripts/dashboard/dashboard-settings.ts';
import type { ConfigText } from '../host/local-config.ts';
import { PROJECT } from '../host/stack.ts';
import { startDashboardServer } from './dashboard-server.ts';
import type { DashboardServer } from './dashboard-server.ts';

/** Behind Firestore, Pub/Sub and the venue. */
const PORT_OFFSET = 3;

/** The dashboard of a run, bundled from its sources. `firstPort` is the first of the run's ports; null takes a free one. */
export async function serveDashboard(firestoreHost: string, control: RequestListener, text: ConfigText, firstPort: number | null): Promise<DashboardServer> {
  const files = await dashboardFiles(localSettings(loadConfig(text), PROJECT));
  return startDashboardServer({ port: firstPort === null ? 0 : firstPort + PORT_OFFSET, files, firestoreHost, control });
}
