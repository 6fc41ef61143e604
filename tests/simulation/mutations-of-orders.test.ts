import { ledgerMutations } from './mutations/ledger-mutations.ts';
import { orderMutations } from './mutations/order-mutations.ts';
import { areCaught } from './mutations/are-caught.ts';

areCaught([...orderMutations, ...ledgerMutations]);
