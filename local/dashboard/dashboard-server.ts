/**
 * The dashboard on this machine, from one address: its files, the reads of the embedded Firestore, and control. It listens
 * on the loopback interface and answers requests to that name only, so that no page of another site can reach it.
 */
import { createServer, request as forward } from 'node:http';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { SiteFiles } from '../../scripts/dashboard/dashboard-files.ts';

export interface DashboardServerOptions {
  /** 0 takes a free one. */
  readonly port: number;
  readonly files: SiteFiles;
  /** `host:port` of the embedded Firestore. */
  readonly firestoreHost: string;
  /** Answers POST /api/control; null where there is no engine. */
  readonly control: RequestListener | null;
}

export interface DashboardServer {
  readonly url: string;
  close(): Promise<void>;
}

const HOST = '127.0.0.1';
const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  json: 'application/json; charset=utf-8',
  svg: 'image/svg+xml',
};
/** Those that firebase.json sets for the deployed page, less the cloud's addresses. */
const HEADERS = {
  'content-security-policy': "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
};

/** @throws Error when the port is taken */
export function startDashboardServer(options: DashboardServerOptions): Promise<DashboardServer> {
  const server = createServer((request, response) => answer(options, request, response));
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, HOST, () => {
      const address = server.address();
      if (address === null || typeof address === 'string') throw new Error('The server does not listen on a TCP port.');
      resolve({
        url: `http://${HOST}:${address.port}/`,
        close: () => new Promise((closed) => {
          server.close(() => closed());
          server.closeAllConnections();
        }),
      });
    });
  });
}

function answer(options: DashboardServerOptions, request: IncomingMessage, response: ServerResponse): void {
  const path = (request.url ?? '/').split('?')[0] ?? '/';
  if (!isOurs(request)) return refuse(response, 403, 'foreign_origin', 'This server answers the dashboard on this machine only.', `Open http://${HOST} with its port.`);
  if (path.startsWith('/v1/')) return toFirestore(options.firestoreHost, request, response);
  if (path === '/api/control') return toControl(options.control, request, response);
  const content = options.files.get(path === '/' ? 'index.html' : path.slice(1));
  if (request.method !== 'GET' || content === undefined) return refuse(response, 404, 'not_found', `There is no ${path} here.`, 'Open / for the dashboard.');
  const type = TYPES[path === '/' ? 'html' : path.slice(path.lastIndexOf('.') + 1)] ?? 'application/octet-stream';
  response.writeHead(200, { ...HEADERS, 'content-type': type }).end(content);
}

/** A page of another origin cannot name this host, nor send a request with an origin of ours. */
function isOurs({ headers: { host, origin } }: IncomingMessage): boolean {
  const name = (host ?? '').replace(/:\d+$/, '');
  return (name === HOST || name === 'localhost') && (origin === undefined || origin === `http://${host}`);
}

function toFirestore(firestoreHost: string, request: IncomingMessage, response: ServerResponse): void {
  const [host, port] = firestoreHost.split(':');
  const onward = forward({ host, port, path: request.url, method: request.method, headers: { 'content-type': 'application/json' } }, (reply) => {
    response.writeHead(reply.statusCode ?? 502, { 'content-type': reply.headers['content-type'] ?? 'application/json', 'cache-control': 'no-store' });
    reply.pipe(response);
  });
  onward.once('error', () => refuse(response, 502, 'store_unreachable', 'The embedded Firestore does not answer.', 'Start npm start -- --dashboard again.'));
  request.pipe(onward);
}

function toControl(control: RequestListener | null, request: IncomingMessage, response: ServerResponse): void {
  if (control !== null) return control(request, response);
  request.resume();
  refuse(response, 501, 'no_control', 'This run has no control function.', 'Nothing was changed.');
}

function refuse(response: ServerResponse, status: number, code: string, message: string, next: string): void {
  if (response.headersSent) return void response.destroy();
  response.writeHead(status, { ...HEADERS, 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify({ error: { code, message, next } }));
}
