/** The RPCs of the Firestore service that this server answers; all others say that they are not implemented. */
import type { UntypedServiceImplementation } from '@grpc/grpc-js';
import type { Engine } from '../engine.ts';
import { ListenStream } from '../listen/listen-stream.ts';
import type { ListenRequest } from '../listen/listen-stream.ts';
import { conversation, serverStream, unary, unsupported } from '../protocol/grpc-calls.ts';
import { firestoreService } from '../protocol/protos.ts';
import { batchGetDocuments } from './batch-get-documents.ts';
import { batchWrite } from './batch-write.ts';
import { beginTransaction } from './begin-transaction.ts';
import { commit } from './commit.ts';
import { listCollectionIds } from './list-collection-ids.ts';
import { listDocuments } from './list-documents.ts';
import { partitionQuery } from './partition-query.ts';
import { rollback } from './rollback.ts';
import { runAggregationQuery } from './run-aggregation-query.ts';
import { runQuery } from './run-query.ts';

export function firestoreMethods(engine: Engine): UntypedServiceImplementation {
  const rest = firestoreService.methodsArray.map((method) => [method.name, unsupported(method.name, method.responseStream === true)] as const);
  return {
    ...Object.fromEntries(rest),
    BatchGetDocuments: serverStream(engine, 'BatchGetDocuments', batchGetDocuments),
    BatchWrite: unary(engine, 'BatchWrite', batchWrite),
    BeginTransaction: unary(engine, 'BeginTransaction', beginTransaction),
    Commit: unary(engine, 'Commit', commit),
    ListCollectionIds: unary(engine, 'ListCollectionIds', listCollectionIds),
    ListDocuments: unary(engine, 'ListDocuments', listDocuments),
    Listen: conversation<ListenRequest>(engine, 'Listen', (send) => new ListenStream(engine, send)),
    PartitionQuery: unary(engine, 'PartitionQuery', partitionQuery),
    Rollback: unary(engine, 'Rollback', rollback),
    RunAggregationQuery: serverStream(engine, 'RunAggregationQuery', runAggregationQuery),
    RunQuery: serverStream(engine, 'RunQuery', runQuery),
  };
}
