/** One thing that must be so before a deploy. A check that fails says what to do; it never throws for what it looks for. */
import type { Outcome } from './outcome.ts';

/** functions/.env.<project>, or the example. */
export interface EnvFile {
  readonly path: string;
  /** Null when there is no such file. */
  readonly variables: Readonly<Record<string, string>> | null;
  /** Why the file cannot be read as one. */
  readonly fault: string | null;
}

/** The functions as they would be uploaded. */
export interface BuiltCode {
  readonly folder: string;
  readonly manifest: unknown;
  readonly bundle: string;
}

export interface DeployContext {
  /** The project to deploy to; null checks what holds for any. */
  readonly project: string | null;
  readonly envFile: EnvFile;
  /** Built once and shared; rejects with the reason when there is nothing to look at. */
  readonly code: () => Promise<BuiltCode>;
}

export interface Check {
  readonly name: string;
  readonly run: (context: DeployContext) => Promise<Outcome>;
}
