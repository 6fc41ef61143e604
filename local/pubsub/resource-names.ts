import { invalidArgument } from './pubsub-error.ts';

/** What the topic field of a subscription says once its topic is gone. */
export const DELETED_TOPIC = '_deleted-topic_';

type Collection = 'topics' | 'subscriptions';

const ID = /^(?!goog)[A-Za-z][A-Za-z0-9\-_.~+%]{2,254}$/;
const PROJECT = /^projects\/[^/]+$/;

/** @throws INVALID_ARGUMENT unless `name` is `projects/{project}/{collection}/{id}` with an id Pub/Sub allows. */
export function checkResourceName(name: string, collection: Collection): void {
  const [projects, project, kind, id, ...rest] = name.split('/');
  const wellFormed = projects === 'projects' && project && kind === collection && id !== undefined && rest.length === 0;
  if (!wellFormed) {
    throw invalidArgument(`"${name}" is not a resource name: write projects/{project}/${collection}/{id}.`);
  }
  if (!ID.test(id)) {
    throw invalidArgument(
      `"${id}" in "${name}" is not a valid id: 3 to 255 letters, digits or -_.~+%, a letter first, not starting with "goog".`,
    );
  }
}

/** @throws INVALID_ARGUMENT unless `name` is `projects/{project}`. */
export function checkProjectName(name: string): void {
  if (!PROJECT.test(name)) throw invalidArgument(`"${name}" is not a project: write projects/{project}.`);
}

export const projectOf = (name: string): string => name.split('/')[1] ?? '';

export const idOf = (name: string): string => name.split('/')[3] ?? '';
