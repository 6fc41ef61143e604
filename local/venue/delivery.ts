// How an answer, or a fault instead of it, reaches the client.
import type { ServerResponse } from 'node:http';
import type { WireAnswer } from './answer.ts';
import type { FaultEffect } from './faults.ts';
import { encodeWireJson } from './wire-json.ts';
import { WireRefusal } from './wire-refusal.ts';

const JSON_TYPE = 'application/json;charset=UTF-8';

export class Deliveries {
  readonly #delayed = new Set<NodeJS.Timeout>();

  send(response: ServerResponse, answer: WireAnswer): void {
    response.writeHead(answer.status, { 'content-type': JSON_TYPE, ...answer.headers }).end(answer.body);
  }

  /** `answer` is the true one; it is null for a request that was never processed. */
  spoil(response: ServerResponse, effect: FaultEffect, answer: WireAnswer | null): void {
    switch (effect.kind) {
      case 'drop':
        response.destroy();
        return;
      case 'hang':
        return;
      case 'answer':
        this.#replace(response, effect);
        return;
      case 'slowBody':
      case 'truncate':
        if (answer === null) throw new Error(`${effect.kind} needs a true answer to spoil`);
        this.#sendHalf(response, effect, answer);
        return;
    }
  }

  /** An error that no endpoint meant to answer: the client sees 500, whose outcome it must treat as unknown. */
  fail(response: ServerResponse, error: unknown): void {
    if (response.headersSent) {
      response.destroy();
      return;
    }
    const status = error instanceof WireRefusal ? error.status : 500;
    const code = error instanceof WireRefusal ? error.code : -1000;
    const message = error instanceof Error ? error.message : String(error);
    this.send(response, { status, headers: {}, body: encodeWireJson({ code, msg: message }) });
  }

  /** Forgets bodies still to be completed. */
  stop(): void {
    for (const timer of this.#delayed) clearTimeout(timer);
    this.#delayed.clear();
  }

  #replace(response: ServerResponse, effect: Extract<FaultEffect, { kind: 'answer' }>): void {
    const retry = effect.retryAfterS === undefined ? {} : { 'retry-after': String(effect.retryAfterS) };
    response.writeHead(effect.status, { 'content-type': effect.contentType ?? JSON_TYPE, ...retry }).end(effect.body);
  }

  #sendHalf(response: ServerResponse, effect: Extract<FaultEffect, { kind: 'slowBody' | 'truncate' }>, answer: WireAnswer): void {
    const half = Math.floor(answer.body.length / 2);
    response.writeHead(answer.status, { 'content-type': JSON_TYPE, ...answer.headers });
    if (effect.kind === 'truncate') {
      response.end(answer.body.slice(0, half));
      return;
    }
    response.write(answer.body.slice(0, half));
    const timer = setTimeout(() => {
      this.#delayed.delete(timer);
      response.end(answer.body.slice(half));
    }, effect.delayMs);
    this.#delayed.add(timer);
  }
}
