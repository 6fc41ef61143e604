/**
 * One Listen stream. Each target starts with all that it finds; afterwards, once per turn of the event loop, the differences since
 * then are sent, followed by the time at which the client's picture is complete. Commits of one turn are thus shown together,
 * and never a part of a commit. A client that resumes gets a RESET and everything again, from which it computes the differences.
 */
import type { Engine } from '../engine.ts';
import { parseDatabase } from '../paths/resource-path.ts';
import type { Conversation } from '../protocol/grpc-calls.ts';
import type { WireDocument, WireStatus, WireTarget, WireTimestamp } from '../protocol/messages.ts';
import { invalidArgument, statusOf } from '../protocol/status.ts';
import type { DocumentChange } from '../store/document-store.ts';
import type { Document } from '../store/version.ts';
import { documentToWire, microsToWire } from '../values/wire-value.ts';
import { parseTarget } from './target.ts';
import type { Target } from './target.ts';
import { TARGET_CHANGE } from './target-change.ts';

export interface ListenRequest {
  readonly database: string;
  readonly targetChange?: 'addTarget' | 'removeTarget';
  readonly addTarget: WireTarget | null;
  readonly removeTarget: number;
}

export interface ListenResponse {
  readonly targetChange?: {
    readonly targetChangeType: number;
    readonly targetIds: readonly number[];
    readonly cause?: WireStatus;
    readonly resumeToken?: Uint8Array;
    readonly readTime?: WireTimestamp;
  };
  readonly documentChange?: { readonly document: WireDocument; readonly targetIds: readonly number[] };
  readonly documentDelete?: { readonly document: string; readonly readTime: WireTimestamp; readonly removedTargetIds: readonly number[] };
}

interface Watched {
  readonly target: Target;
  /** What the client knows of, by path. */
  known: ReadonlyMap<string, Document>;
  outdated: boolean;
}

export class ListenStream implements Conversation<ListenRequest> {
  readonly #engine: Engine;
  readonly #send: (response: ListenResponse) => void;
  readonly #targets = new Map<number, Watched>();
  readonly #unsubscribe: () => void;
  #flush: NodeJS.Immediate | undefined;

  constructor(engine: Engine, send: (response: ListenResponse) => void) {
    this.#engine = engine;
    this.#send = send;
    this.#unsubscribe = engine.store.onCommit((database, changes) => this.#committed(database.name, changes));
  }

  receive(request: ListenRequest): void {
    const database = parseDatabase(request.database);
    if (request.targetChange === 'removeTarget') {
      this.#targets.delete(request.removeTarget);
      this.#changeTarget(TARGET_CHANGE.REMOVE, request.removeTarget);
    } else if (request.addTarget === null) {
      throw invalidArgument('A listen request must add or remove a target.');
    } else {
      this.#add(database, request.addTarget);
    }
  }

  end(): void {
    this.#unsubscribe();
    clearImmediate(this.#flush);
  }

  /** A target that cannot be watched is removed again, with the reason; the stream stays open for others. */
  #add(database: string, wire: WireTarget): void {
    const { targetId } = wire;
    let target: Target;
    try {
      target = parseTarget(this.#engine, database, wire);
    } catch (error) {
      this.#send({ targetChange: { targetChangeType: TARGET_CHANGE.REMOVE, targetIds: [targetId], cause: statusOf(error) } });
      return;
    }
    this.#changeTarget(TARGET_CHANGE.ADD, targetId);
    if (wire.resumeToken.length > 0 || wire.readTime !== null) this.#changeTarget(TARGET_CHANGE.RESET, targetId);
    const watched: Watched = { target, known: new Map(), outdated: false };
    this.#targets.set(targetId, watched);
    const readTime = microsToWire(this.#engine.store.clock.readTime());
    this.#sendDifferences(targetId, watched, readTime);
    if (watched.known.size === 0) this.#engine.counters.read(1);
    const found = new Set([...watched.known.values()].map(({ key }) => key.name));
    for (const name of target.names) if (!found.has(name)) this.#sendDelete(targetId, name, readTime);
    this.#changeTarget(TARGET_CHANGE.CURRENT, targetId);
    this.#sendReadTime(readTime);
  }

  #committed(database: string, changes: readonly DocumentChange[]): void {
    for (const watched of this.#targets.values()) {
      watched.outdated ||= watched.target.database === database && changes.some((change) => watched.target.concerns(change));
      if (watched.outdated) this.#flush ??= setImmediate(() => this.#sendOutdated());
    }
  }

  #sendOutdated(): void {
    this.#flush = undefined;
    const readTime = microsToWire(this.#engine.store.clock.readTime());
    for (const [targetId, watched] of this.#targets) {
      if (watched.outdated) this.#sendDifferences(targetId, watched, readTime);
    }
    this.#sendReadTime(readTime);
  }

  #sendDifferences(targetId: number, watched: Watched, readTime: WireTimestamp): void {
    const found = new Map(watched.target.find().map((document) => [document.key.path, document]));
    for (const [path, document] of found) {
      if (watched.known.get(path) === document) continue;
      this.#send({ documentChange: { document: documentToWire(document), targetIds: [targetId] } });
      this.#engine.counters.read(1);
    }
    for (const [path, { key }] of watched.known) if (!found.has(path)) this.#sendDelete(targetId, key.name, readTime);
    watched.known = found;
    watched.outdated = false;
  }

  #sendDelete(targetId: number, name: string, readTime: WireTimestamp): void {
    this.#send({ documentDelete: { document: name, readTime, removedTargetIds: [targetId] } });
  }

  #changeTarget(targetChangeType: number, targetId: number): void {
    this.#send({ targetChange: { targetChangeType, targetIds: [targetId] } });
  }

  /** Without target ids it holds for all targets. */
  #sendReadTime(readTime: WireTimestamp): void {
    const resumeToken = Buffer.from('resume');
    this.#send({ targetChange: { targetChangeType: TARGET_CHANGE.NO_CHANGE, targetIds: [], readTime, resumeToken } });
  }
}
