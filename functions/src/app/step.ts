/**
 * Every effect of a use case runs as a named step. Production measures them; tests crash a run before a step, after
 * it, and after its effect but before its return. The list is closed: a new step without a crash case fails the suite.
 */
export const STEP_NAMES = [
  'screen.read-state',
  'screen.read-market',
  'screen.commit',
  'screen.wake',
  'execute.read-intent',
  'execute.read-market',
  'execute.approve',
  'execute.place',
  'execute.record-outcome',
  'execute.wake',
  'confirm.claim',
  'confirm.look-up',
  'confirm.record-lookup',
  'confirm.cancel',
  'confirm.record-cancel',
  'confirm.read-fills',
  'confirm.book-fills',
  'confirm.read-market',
  'confirm.arm',
  'confirm.place',
  'confirm.record-outcome',
  'confirm.settle',
  'confirm.give-back',
  'sync.read-state',
  'sync.read-venue',
  'sync.read-due',
  'sync.commit',
  'sync.wake',
  'protect.read-state',
  'protect.read-stops',
  'protect.cancel-stop',
  'protect.place-stop',
  'protect.record',
  'adopt.read-fills',
  'adopt.book-fills',
  'adopt.find-stop',
  'flatten.read-state',
  'flatten.stop-entries',
  'flatten.cancel-entry',
  'flatten.read-positions',
  'flatten.commit',
  'flatten.wake',
] as const;

export type StepName = (typeof STEP_NAMES)[number];

export type Step = <T>(name: StepName, effect: () => Promise<T>) => Promise<T>;
