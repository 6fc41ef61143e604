/** Something the operator can put right: one line that says what and how, and exit code 2. */
export class OperatorError extends Error {
  override readonly name = 'OperatorError';
}
