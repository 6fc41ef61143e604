/** What `firebase deploy` deploys. */
export { confirm } from './triggers/confirm.ts';
export { control } from './triggers/control.ts';
export { execute } from './triggers/execute.ts';
export { ingest } from './triggers/ingest.ts';
export { learn } from './triggers/learn.ts';
export { screen } from './triggers/screen.ts';
export { sync } from './triggers/sync.ts';
