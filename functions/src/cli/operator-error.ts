/** Something the operator can put right: one line that says what and how, and exit code 2. */
export class OperatorError extends Error {
  override readonly name = 'OperatorError';
}

export const noRecords = (place: string): OperatorError =>
  new OperatorError(`there are no records in ${place}: run \`npm start\` first, or say with --data or --env where they are`);
