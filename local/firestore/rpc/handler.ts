import type { Call, Engine } from '../engine.ts';

/** Answers one request with one response. */
export type UnaryHandler<Request, Response> = (engine: Engine, request: Request, call: Call) => Promise<Response> | Response;

/** Answers one request with a series of responses; nothing is sent when it throws. */
export type StreamHandler<Request, Response> = (engine: Engine, request: Request, call: Call) => Promise<Iterable<Response>>;
