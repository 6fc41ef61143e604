/** The engine's process, from outside: it is given work, sleeps in the soak's time, and can be killed at any moment. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { SimulatedTime } from '../../local/host/simulated-time.ts';
import { fromEngine } from './messages.ts';
import type { FromEngine, ToEngine, Work } from './messages.ts';

const SCRIPT = join(import.meta.dirname, 'engine-child.ts');
const BOOT_LIMIT_MS = 120_000;

/** The process that was asked is no more. */
export class EngineDied extends Error {}

export interface EngineStart {
  /** Starts so far; part of every run id, so that none is used twice. */
  readonly boot: number;
  readonly env: Readonly<Record<string, string>>;
  readonly logFile: string;
  /** Where compiled code is kept from one start to the next. */
  readonly compileCache: string;
  readonly time: SimulatedTime;
  readonly onStep: (name: string) => void;
}

type Answer = Extract<FromEngine, { call: number }>;

export class EngineProcess {
  readonly #child: ChildProcess;
  readonly #time: SimulatedTime;
  readonly #answers = new Map<number, (answer: Answer | null) => void>();
  readonly #ended: Promise<unknown>;
  #calls = 0;
  #alive = true;

  private constructor(child: ChildProcess, start: EngineStart, onReady: () => void) {
    this.#child = child;
    this.#time = start.time;
    child.on('message', (word: unknown) => {
      const heard = fromEngine.parse(word);
      if (heard.kind === 'ready') onReady();
      else if (heard.kind === 'step') start.onStep(heard.name);
      else this.#answers.get(heard.call)?.(heard);
    });
    this.#ended = this.#watchEnd();
  }

  /** Resolves when the functions are loaded; rejects with EngineDied when the process ends or hangs before. */
  static async start(start: EngineStart): Promise<EngineProcess> {
    const child = spawn(process.execPath, [SCRIPT, String(start.boot), start.logFile], {
      env: { ...process.env, ...start.env, NODE_COMPILE_CACHE: start.compileCache },
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    const ready = Promise.withResolvers<void>();
    const engine = new EngineProcess(child, start, ready.resolve);
    const tooLate = setTimeout(() => void engine.kill(), BOOT_LIMIT_MS);
    const ended = engine.#ended.then(() => Promise.reject(new EngineDied(`the engine's process ended before it was ready, or was not ready after ${BOOT_LIMIT_MS / 1000} s`)));
    await Promise.race([ready.promise, ended]).finally(() => clearTimeout(tooLate));
    ended.catch(() => undefined);
    return engine;
  }

  async #watchEnd(): Promise<void> {
    await once(this.#child, 'exit');
    this.#alive = false;
    for (const answer of this.#answers.values()) answer(null);
  }

  get alive(): boolean {
    return this.#alive;
  }

  /** SIGKILL: nothing is told, nothing is finished. */
  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#ended;
  }

  /** Has one invocation done. Throws EngineDied when the process ends first, and what the invocation threw. */
  async run(work: (call: number, now: number) => Work): Promise<void> {
    const call = (this.#calls += 1);
    const heard: (Answer | null)[] = [];
    let hear = Promise.withResolvers<void>();
    this.#answers.set(call, (answer) => {
      heard.push(answer);
      hear.resolve();
    });
    try {
      this.#tell(work(call, this.#time.now()));
      for (;;) {
        await hear.promise;
        hear = Promise.withResolvers();
        for (const answer of heard.splice(0)) {
          if (await this.#isDone(answer)) return;
        }
      }
    } finally {
      this.#answers.delete(call);
    }
  }

  async #isDone(answer: Answer | null): Promise<boolean> {
    if (answer === null) throw new EngineDied('killed');
    if (answer.kind === 'failed') throw new Error(answer.reason);
    if (answer.kind === 'done') return true;
    await this.#time.sleep(answer.ms);
    this.#tell({ kind: 'woken', sleep: answer.sleep, now: this.#time.now() });
    return false;
  }

  #tell(word: ToEngine): void {
    if (!this.#alive) throw new EngineDied('killed');
    // The channel may break while we write: the end of the process says so.
    this.#child.send(word, () => undefined);
  }
}
