import { Budgets } from '../app/requests/budgets.ts';
import { once } from './once.ts';

/** One for all requests that this process answers. */
export const budgets = once(() => new Budgets());
