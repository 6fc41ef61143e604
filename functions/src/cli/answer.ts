/** What a command has to say: `json` for programs (times as epoch milliseconds), `lines` for people. */
export interface Answer {
  readonly json: unknown;
  readonly lines: readonly string[];
  /** 2 when the operator has something to put right. */
  readonly exitCode: 0 | 2;
}
