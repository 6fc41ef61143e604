import { EventEmitter, once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';

export interface ReceivedRequest {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly atMs: number;
}

/** A push endpoint that answers with a given list of status codes and records what it got. */
export class HttpEndpoint {
  readonly requests: ReceivedRequest[] = [];
  readonly #arrivals = new EventEmitter();
  readonly #server: Server;
  #hungUp = false;

  private constructor(statuses: readonly number[]) {
    this.#server = createServer((request, response) => void this.#answer(request, response, statuses));
  }

  /** @param statuses one per request in order; a request beyond them is never answered. */
  static async start(statuses: readonly number[]): Promise<HttpEndpoint> {
    const endpoint = new HttpEndpoint(statuses);
    await once(endpoint.#server.listen(0, '127.0.0.1'), 'listening');
    return endpoint;
  }

  get url(): string {
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('the endpoint does not listen on a port');
    return `http://127.0.0.1:${address.port}/push`;
  }

  /** The first `count` requests, as soon as they are there. */
  async received(count: number): Promise<readonly ReceivedRequest[]> {
    while (this.requests.length < count) await once(this.#arrivals, 'request');
    return this.requests.slice(0, count);
  }

  /** Waits until the caller of a request has hung up before the answer. */
  async disconnected(): Promise<void> {
    if (!this.#hungUp) await once(this.#arrivals, 'hang-up');
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await once(this.#server.close(), 'close');
  }

  async #answer(request: IncomingMessage, response: ServerResponse, statuses: readonly number[]): Promise<void> {
    const body = await text(request);
    const status = statuses[this.requests.length];
    this.requests.push({ headers: request.headers, body, atMs: performance.now() });
    this.#arrivals.emit('request');
    if (status !== undefined) {
      response.writeHead(status).end();
      return;
    }
    response.once('close', () => {
      this.#hungUp = true;
      this.#arrivals.emit('hang-up');
    });
  }
}
