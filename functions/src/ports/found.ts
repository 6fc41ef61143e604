export type { Found, Reading } from '../domain/found.ts';
