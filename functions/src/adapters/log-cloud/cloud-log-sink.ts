import { write } from 'firebase-functions/logger';
import type { LogSink } from '../../log/log.ts';

/** Structured lines for Cloud Logging. */
export const cloudLogSink: LogSink = (severity, message, fields) => write({ severity, message, ...fields });
