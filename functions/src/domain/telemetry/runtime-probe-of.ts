import type { FeatureFlags } from '../../schema/feature-flags.ts';
import { flagSnapshot, flagsText } from '../../schema/feature-flags.ts';
import type { RuntimeProbe } from '../../schema/records/runtime-probe.ts';
import type { EpochMs } from '../../schema/scalars.ts';
import { gateText } from './engine-identity.ts';
import type { EngineIdentity } from './engine-identity.ts';

export const RUNTIME_PROBE_MINUTES = 60;

export interface ProbeSource {
  readonly identity: EngineIdentity;
  readonly flags: FeatureFlags;
  readonly orderGate: EngineIdentity['recordGate'];
  readonly venue: string;
}

export function runtimeProbeOf({ identity, flags, orderGate, venue }: ProbeSource, now: EpochMs): RuntimeProbe {
  const { engineVersion, configHash, tradingEnv, namespace, projectId, region, nodeVersion, allowProdWrite, allowProdSync, recordGate } = identity;
  return {
    summary: `version ${engineVersion}, config ${configHash}, ${namespace}, flags ${flagsText(flags)}, orders ${gateText(orderGate)}, records ${gateText(recordGate)}`,
    tradingEnv, namespace, projectId, region, venue, nodeVersion,
    featureFlags: flagSnapshot(flags),
    allowProdWrite, allowProdSync,
    orderGate: gateText(orderGate),
    recordGate: gateText(recordGate),
    probedAt: now,
    writtenEveryMinutes: RUNTIME_PROBE_MINUTES,
  };
}

export const probeMark = ({ probedAt: _probedAt, ...probe }: RuntimeProbe): unknown => probe;
