/** The whole of what a person tunes: one file per concern, each with its own schema. */
import { z } from 'zod';
import { intelConfig } from './intel-config.ts';
import { riskConfig } from './risk-config.ts';
import { routerConfig } from './router-config.ts';
import { runtimeConfig } from './runtime-config.ts';
import { strategiesConfig } from './strategies-config.ts';
import { universeConfig } from './universe-config.ts';

/** Each key is a section; the section's file is `{section}.json`. */
export const engineConfig = z.strictObject({
  risk: riskConfig,
  universe: universeConfig,
  strategies: strategiesConfig,
  router: routerConfig,
  intel: intelConfig,
  runtime: runtimeConfig,
});
export type EngineConfig = Readonly<z.infer<typeof engineConfig>>;

export const configSection = engineConfig.keyof();
export type ConfigSection = z.infer<typeof configSection>;

/** A file of the `config` folder: `risk.json` and its five siblings. */
export const configFileName = (section: ConfigSection): string => `${section}.json`;
