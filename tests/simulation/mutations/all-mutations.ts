import { ledgerMutations } from './ledger-mutations.ts';
import { livenessMutations } from './liveness-mutations.ts';
import type { Mutation } from './mutation.ts';
import { orderMutations } from './order-mutations.ts';
import { riskMutations } from './risk-mutations.ts';

export const MUTATIONS: readonly Mutation[] = [...orderMutations, ...riskMutations, ...ledgerMutations, ...livenessMutations];
