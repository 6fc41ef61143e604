/** A download that cannot go on: what happened, and what to do. What it has got is kept. */
export class DownloadError extends Error {
  override readonly name = 'DownloadError';
  /** Whether the same command may succeed later. */
  readonly isPassing: boolean;

  constructor(message: string, isPassing: boolean) {
    super(message);
    this.isPassing = isPassing;
  }
}
