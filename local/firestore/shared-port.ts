/** One TCP port for gRPC (HTTP/2 with prior knowledge) and for HTTP/1, told apart by the first bytes of a connection. */
import type { Server as HttpServer } from 'node:http';
import { createServer } from 'node:net';
import type { AddressInfo, Server as NetServer, Socket } from 'node:net';
import type { ConnectionInjector } from '@grpc/grpc-js';

/** The first bytes of the HTTP/2 connection preface. No HTTP/1 method begins like this. */
const HTTP2_PREFACE = 'PRI';

export class SharedPort {
  readonly #server: NetServer;
  readonly #sockets = new Set<Socket>();

  /** @param closed is told `address:port` of each client connection that ends */
  constructor(grpc: ConnectionInjector, http: HttpServer, closed: (peer: string) => void) {
    this.#server = createServer((socket) => {
      const peer = `${socket.remoteAddress}:${socket.remotePort}`;
      this.#sockets.add(socket);
      socket.setNoDelay(true);
      socket.once('close', () => {
        this.#sockets.delete(socket);
        closed(peer);
      });
      // A client that resets its connection is gone, which 'close' reports.
      socket.on('error', () => socket.destroy());
      socket.once('readable', () => {
        const bytes: unknown = socket.read();
        if (!Buffer.isBuffer(bytes)) return;
        socket.unshift(bytes);
        if (bytes.toString('latin1', 0, HTTP2_PREFACE.length) === HTTP2_PREFACE) grpc.injectConnection(socket);
        else http.emit('connection', socket);
      });
    });
  }

  /** @returns the port in use. @throws Error with advice when the port is taken */
  listen(port: number, host: string): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', (error: NodeJS.ErrnoException) => {
        const taken = error.code === 'EADDRINUSE' ? 'another process uses it; stop that one or choose another port' : error.message;
        reject(new Error(`Cannot start the embedded Firestore on ${host}:${port}: ${taken}.`, { cause: error }));
      });
      this.#server.listen(port, host, () => resolve(portOf(this.#server.address())));
    });
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      this.#server.close(() => resolve());
      for (const socket of this.#sockets) socket.destroy();
    });
  }
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('The server does not listen on a TCP port.');
  return address.port;
}
