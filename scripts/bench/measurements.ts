/** What is measured, each in a process of its own: by name, the file that does it, loaded there alone. */
import type { Figure } from './figure.ts';

export const MEASUREMENTS: Readonly<Record<string, () => Promise<readonly Figure[]>>> = {
  bundle: async () => (await import('./bundle.ts')).measureBundle(),
  gate: async () => (await import('./gate-decisions.ts')).measureGate(),
  screen: async () => (await import('./screen-symbols.ts')).measureScreen(),
  learn: async () => (await import('./learn-symbols.ts')).measureLearn(),
  'tick-3': async () => (await import('./tick.ts')).measureTick(3),
  'tick-50': async () => (await import('./tick.ts')).measureTick(50),
  firestore: async () => (await import('./firestore-transactions.ts')).measureFirestore(),
  replay: async () => (await import('./replay-year.ts')).measureReplay(),
  'signal-to-ack': async () => (await import('./signal-to-ack.ts')).measureSignalToAck(),
};
