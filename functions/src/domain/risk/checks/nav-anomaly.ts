import { veto } from '../veto.ts';
import { onKnownNav } from './check.ts';

export const navAnomaly = onKnownNav(({ isAnomaly }) => (isAnomaly ? veto('nav_anomaly', 'anomaly', null, 'state/nav:health') : null));
