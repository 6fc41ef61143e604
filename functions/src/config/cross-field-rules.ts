/**
 * The configuration as a whole. Each rule is a named function in `rules/`; together they refuse what would start and
 * then never trade, or trade past what its author believes is the limit.
 */
import type { EngineConfig } from '../schema/config/engine-config.ts';
import { refusedText, withoutRepeats } from './config-error.ts';
import type { ConfigFault } from './config-error.ts';
import type { CrossFieldRule } from './rules/contradiction.ts';
import * as intel from './rules/intel-rules.ts';
import * as limits from './rules/limit-rules.ts';
import * as notionals from './rules/notional-rules.ts';
import * as routing from './rules/routing-rules.ts';
import * as strategies from './rules/strategy-rules.ts';
import * as timing from './rules/timing-rules.ts';
import * as universe from './rules/universe-rules.ts';
import { valueAt } from './value-at.ts';
import { faultAt } from './written-files.ts';
import type { WrittenFiles } from './written-files.ts';

/** By the name each rule has in its file. */
export const CROSS_FIELD_RULES: Readonly<Record<string, CrossFieldRule>> = {
  ...limits,
  ...universe,
  ...strategies,
  ...notionals,
  ...timing,
  ...routing,
  ...intel,
};

/** `furtherRules` are those that need more than the files, such as the venue's floors. */
export function crossFieldFaults(
  config: EngineConfig,
  written: WrittenFiles,
  furtherRules: readonly CrossFieldRule[],
): ConfigFault[] {
  const faults = [...Object.values(CROSS_FIELD_RULES), ...furtherRules]
    .flatMap((rule) => rule(config))
    .map(({ at, allowed }) => faultAt(written, at, refusedText(valueAt(config, at)), allowed));
  return withoutRepeats(faults);
}
