/**
 * The parts of the google.firestore.v1 messages that this server reads and writes, as protobufjs shows them: absent strings are
 * '', absent lists are [], absent messages are null, enums are numbers, 64-bit integers are Longs.
 */

/** A 64-bit integer as protobufjs decodes it. */
export interface WireLong {
  readonly low: number;
  readonly high: number;
}

export interface WireTimestamp {
  readonly seconds: WireLong | number;
  readonly nanos: number;
}

export interface WireValue {
  readonly valueType?: string;
  readonly nullValue?: number;
  readonly booleanValue?: boolean;
  readonly integerValue?: WireLong | number;
  readonly doubleValue?: number;
  readonly timestampValue?: WireTimestamp;
  readonly stringValue?: string;
  readonly bytesValue?: Uint8Array;
  readonly referenceValue?: string;
  readonly geoPointValue?: { readonly latitude: number; readonly longitude: number };
  readonly arrayValue?: { readonly values: readonly WireValue[] };
  readonly mapValue?: { readonly fields: WireFields };
}

export type WireFields = Readonly<Record<string, WireValue>>;

export interface WireDocument {
  readonly name: string;
  readonly fields: WireFields;
  readonly createTime?: WireTimestamp;
  readonly updateTime?: WireTimestamp;
}

export interface WirePrecondition {
  readonly conditionType?: 'exists' | 'updateTime';
  readonly exists: boolean;
  readonly updateTime: WireTimestamp | null;
}

export interface WireFieldTransform {
  readonly fieldPath: string;
  readonly transformType:
    | 'setToServerValue'
    | 'increment'
    | 'maximum'
    | 'minimum'
    | 'appendMissingElements'
    | 'removeAllFromArray'
    | undefined;
  readonly setToServerValue: number;
  readonly increment: WireValue | null;
  readonly maximum: WireValue | null;
  readonly minimum: WireValue | null;
  readonly appendMissingElements: { readonly values: readonly WireValue[] } | null;
  readonly removeAllFromArray: { readonly values: readonly WireValue[] } | null;
}

export interface WireMask {
  readonly fieldPaths: readonly string[];
}

export interface WireWrite {
  readonly operation?: 'update' | 'delete' | 'transform';
  readonly update: WireDocument | null;
  readonly delete: string;
  readonly transform: { readonly document: string; readonly fieldTransforms: readonly WireFieldTransform[] } | null;
  readonly updateMask: WireMask | null;
  readonly updateTransforms: readonly WireFieldTransform[];
  readonly currentDocument: WirePrecondition | null;
}

export interface WireWriteResult {
  readonly updateTime: WireTimestamp | null;
  readonly transformResults: readonly WireValue[];
}

export interface WireStatus {
  readonly code: number;
  readonly message: string;
}

export interface WireTransactionOptions {
  readonly mode?: 'readOnly' | 'readWrite';
  readonly readOnly: { readonly readTime: WireTimestamp | null } | null;
}

/** Which state of the database a read sees. */
export interface WireConsistency {
  readonly transaction?: Uint8Array;
  readonly newTransaction?: WireTransactionOptions | null;
  readonly readTime?: WireTimestamp | null;
}

export interface WireFieldReference {
  readonly fieldPath: string;
}

export interface WireFilter {
  readonly filterType?: 'compositeFilter' | 'fieldFilter' | 'unaryFilter';
  readonly compositeFilter: { readonly op: number; readonly filters: readonly WireFilter[] } | null;
  readonly fieldFilter: { readonly op: number; readonly field: WireFieldReference; readonly value: WireValue } | null;
  readonly unaryFilter: { readonly op: number; readonly field: WireFieldReference } | null;
}

export interface WireCursor {
  readonly values: readonly WireValue[];
  readonly before: boolean;
}

export interface WireStructuredQuery {
  readonly select: { readonly fields: readonly WireFieldReference[] } | null;
  readonly from: readonly { readonly collectionId: string; readonly allDescendants: boolean }[];
  readonly where: WireFilter | null;
  readonly orderBy: readonly { readonly field: WireFieldReference; readonly direction: number }[];
  readonly startAt: WireCursor | null;
  readonly endAt: WireCursor | null;
  readonly offset: number;
  readonly limit: { readonly value: number } | null;
  readonly findNearest: object | null;
}

export interface WireAggregation {
  readonly alias: string;
  readonly operator: 'count' | 'sum' | 'avg' | undefined;
  readonly count: { readonly upTo: { readonly value: WireLong | number } | null } | null;
  readonly sum: { readonly field: WireFieldReference } | null;
  readonly avg: { readonly field: WireFieldReference } | null;
}

export interface WireTarget {
  readonly targetType?: 'query' | 'documents';
  readonly targetId: number;
  readonly query: { readonly parent: string; readonly structuredQuery: WireStructuredQuery | null } | null;
  readonly documents: { readonly documents: readonly string[] } | null;
  readonly resumeToken: Uint8Array;
  readonly readTime: WireTimestamp | null;
}
