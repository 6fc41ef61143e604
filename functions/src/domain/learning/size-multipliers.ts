/** What was learned, as factors of a suggested size: bounded here by today's config, whatever the record says. */
import type { IntelConfig } from '../../schema/config/intel-config.ts';
import { sizeFactorOfMode } from './allocate.ts';
import { clamp } from './clamp.ts';
import type { SizeMultiplier } from '../sizing/size-multiplier.ts';
import type { AllocationReading, Learned } from './learned.ts';

/** Empty while nothing is learned; a warm-up has no factor. */
export function sizeMultipliers({ scores, allocation }: Learned, intel: IntelConfig, symbol: string): readonly SizeMultiplier[] {
  const score = scores?.symbols[symbol];
  const ofScore: SizeMultiplier[] =
    score === undefined || score.isWarmup
      ? []
      : [{ name: 'symbol_score', factor: clamp(score.sizeFactor, intel.sizeFactor.min, intel.sizeFactor.max), samples: score.samples, source: 'state/symbol_scores', configPath: 'intel.json:sizeFactor' }];
  return allocation === null ? ofScore : [...ofScore, ofAllocation(allocation, intel.allocator.minSizeFactor, symbol)];
}

function ofAllocation({ health, riskMode, symbols }: AllocationReading, minSizeFactor: number, symbol: string): SizeMultiplier {
  const own = symbols[symbol];
  return {
    name: 'risk_allocation',
    factor: own === undefined ? sizeFactorOfMode(riskMode, minSizeFactor) : clamp(own.sizeFactor, minSizeFactor, 1),
    samples: own === undefined ? 0 : own.samples,
    source: `state/risk_allocation, ${health}: ${riskMode}`,
    configPath: 'intel.json:allocator',
  };
}
