/** A report as it is handed to whoever writes it. */
import type { Writer } from '../../ports/store.ts';
import type { ArtifactName } from '../../schema/records/telemetry.ts';

export interface Artifact {
  readonly name: ArtifactName;
  /** Hash of what a reader would call a change. */
  readonly mark: string;
  readonly everyMinutes: number;
  /** Makes the record, which may have to be read for, and answers how to write it. */
  readonly make: () => Promise<(writer: Writer) => void>;
}
