/** Servers in processes of their own. Each leads a process group, so that stopping it stops whatever it has started. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { dirname } from 'node:path';

export interface ServerProcess {
  /** Everything it has printed so far. */
  output(): string;
}

export interface ServerCommand {
  readonly script: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** Found in its output once it serves. */
  readonly ready: RegExp;
  readonly timeoutMs: number;
}

/** Resolves when the server is ready; rejects with its output when it ends or takes too long. Stops with `cleanUp`. */
export async function startServer(cleanUp: AsyncDisposableStack, command: ServerCommand): Promise<ServerProcess> {
  // The node that runs the tests comes first for whatever the script starts, whichever node the machine has.
  const PATH = `${dirname(process.execPath)}:${process.env['PATH'] ?? ''}`;
  const child = spawn(process.execPath, [command.script, ...command.args], {
    cwd: command.cwd,
    env: { PATH, HOME: command.cwd, ...command.env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const { pid } = child;
  if (pid === undefined) throw new Error(`${command.script} cannot be started`);
  const ended = once(child, 'exit');
  cleanUp.defer(async () => {
    killGroup(pid);
    await ended;
  });
  let output = '';
  const ready = new Promise<void>((resolve) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
        if (command.ready.test(output)) resolve();
      });
    }
  });
  const late = once(AbortSignal.timeout(command.timeoutMs), 'abort').then(() => 'took too long');
  const early = ended.then(() => 'ended');
  const problem = await Promise.race([ready.then(() => null), early, late]);
  if (problem !== null) throw new Error(`${command.script} ${command.args.join(' ')} ${problem} before it was ready:\n${output}`);
  return { output: () => output };
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

/** A port that was free a moment ago, for servers that cannot be told to take one. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error(`a TCP server has no port but ${String(address)}`);
  return address.port;
}
