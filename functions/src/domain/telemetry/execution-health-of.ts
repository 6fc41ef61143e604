import type { EngineConfig } from '../../schema/config/engine-config.ts';
import type { ExecutionHealth } from '../../schema/records/execution-health.ts';
import type { OrderRecord } from '../../schema/records/order.ts';
import type { RiskState } from '../../schema/records/risk-state.ts';
import type { RouterHealth } from '../../schema/records/router-health.ts';
import type { EpochMs } from '../../schema/scalars.ts';
import { countWithin } from '../risk/risk-windows.ts';

export const EXECUTION_HEALTH_MINUTES = 15;

export interface ExecutionSource {
  /** Those that are or may be at the venue. */
  readonly orders: readonly OrderRecord[];
  readonly risk: RiskState;
  readonly routerHealth: RouterHealth | null;
  readonly problems: readonly string[];
  readonly wakeUpsOverdue: number | null;
  readonly openIncidents: number;
  readonly openAlerts: number;
  readonly failedDeliveries: readonly string[];
  readonly telemetryFaults: readonly string[];
}

export function executionHealthOf(source: ExecutionSource, { errorCircuit }: EngineConfig['risk'], now: EpochMs): ExecutionHealth {
  const { orders, risk, routerHealth, problems, wakeUpsOverdue, openIncidents, openAlerts, failedDeliveries, telemetryFaults } = source;
  const count = (status: OrderRecord['status']): number => orders.filter((order) => order.status === status).length;
  const unclear = orders.filter(({ status }) => status === 'armed' || status === 'ambiguous');
  const errorsInWindow = countWithin(risk.errorsAt, now, errorCircuit.windowSeconds * 1000);
  const figures = {
    ordersArmed: count('armed'),
    ordersAmbiguous: count('ambiguous'),
    ordersWorking: count('working'),
    oldestUnclearSeconds: unclear.length === 0 ? null : Math.max(0, Math.round((now - Math.min(...unclear.map(({ armedAt }) => armedAt))) / 1000)),
    intentsUnderWay: Object.keys(risk.reservations).length,
    wakeUpsOverdue,
    ...latencyOf(routerHealth),
    errorsInWindow,
    maxErrorsInWindow: errorCircuit.maxErrors,
    circuit: errorsInWindow >= errorCircuit.maxErrors ? ('open' as const) : ('closed' as const),
    problems: [...problems],
    openIncidents, openAlerts,
    failedDeliveries: [...failedDeliveries],
    telemetryFaults: [...telemetryFaults],
  };
  return { summary: summaryOf(figures), ...figures, checkedAt: now, writtenEveryMinutes: EXECUTION_HEALTH_MINUTES };
}

/** An age and a latency that have moved are no news. */
export function executionMark({ checkedAt: _checkedAt, oldestUnclearSeconds: _age, ackLatencyP50Ms: _p50, ackLatencyP95Ms: _p95, slowestSymbol: _symbol, summary: _summary, ...figures }: ExecutionHealth): unknown {
  return figures;
}

/** Of the symbol with the highest 95th percentile. */
function latencyOf(health: RouterHealth | null): Pick<ExecutionHealth, 'ackLatencyP50Ms' | 'ackLatencyP95Ms' | 'slowestSymbol'> {
  const measured = Object.values(health?.symbols ?? {}).flatMap(({ symbol, ackLatencyP50Ms, ackLatencyP95Ms }) => (ackLatencyP95Ms === null ? [] : [{ slowestSymbol: symbol, ackLatencyP50Ms, ackLatencyP95Ms }]));
  const [slowest] = measured.toSorted((a, b) => b.ackLatencyP95Ms - a.ackLatencyP95Ms);
  return slowest ?? { ackLatencyP50Ms: null, ackLatencyP95Ms: null, slowestSymbol: null };
}

type Figures = Omit<ExecutionHealth, 'summary' | 'checkedAt' | 'writtenEveryMinutes'>;

function summaryOf({ ordersArmed, ordersAmbiguous, ordersWorking, errorsInWindow, maxErrorsInWindow, circuit, openIncidents, openAlerts, problems, telemetryFaults, failedDeliveries }: Figures): string {
  const faults = [...problems, ...telemetryFaults, ...failedDeliveries.slice(-1)];
  const orders = `orders: ${ordersWorking} working, ${ordersArmed} armed, ${ordersAmbiguous} ambiguous`;
  return `${orders}; ${errorsInWindow} of ${maxErrorsInWindow} errors, circuit ${circuit}; ${openIncidents} incidents and ${openAlerts} alerts open${faults.length === 0 ? '' : `; ${faults.join('; ')}`}`;
}
