/** What a DynamoDB does in one case: what AWS documents, and what the stores of our tests do. */
export interface StoreBehaviour {
  readonly name: string;
  /** Whether journal, locks or library lean on it. Then no store may differ. */
  readonly isLeanedOn: boolean;
  /** What AWS documents (Amazon DynamoDB Developer Guide, API Reference): the error, or what comes of it. */
  readonly aws: string;
  /** What the in-memory store of a rehearsal does instead. */
  readonly dynalite?: string;
  /** What the second store of the tests does instead. */
  readonly moto?: string;
}

const unknown = "UnknownOperationException";
const invalid = "ValidationException";

function leanedOn(behaviours: Readonly<Record<string, string>>): readonly StoreBehaviour[] {
  return Object.entries(behaviours).map(([name, aws]) => ({ name, isLeanedOn: true, aws }));
}

function unused(
  behaviours: Readonly<Record<string, Omit<StoreBehaviour, "name" | "isLeanedOn">>>,
): readonly StoreBehaviour[] {
  return Object.entries(behaviours).map(([name, told]) => ({ name, isLeanedOn: false, ...told }));
}

/** Every behaviour that the tests look at, in each store. */
export const storeBehaviours: readonly StoreBehaviour[] = [
  ...leanedOn({
    "put refused by its condition": "ConditionalCheckFailedException",
    "condition on a number": "done",
    "condition of several holders": "done",
    "item above 400 KB": invalid,
    "set added to twice": "a, b",
    "order of a query": "10 9 B a b é",
    "query of 1.2 MB": "2 pages",
    "scan of 1.2 MB": "2 pages",
    "write to a table that does not exist": "ResourceNotFoundException",
    "number of 38 digits": "kept",
    "reserved word in a condition": invalid,
  }),
  ...unused({
    "item that refused a condition, in the error": { aws: "shown", dynalite: "missing" },
    "item of 400 KB": { aws: "done", moto: invalid },
    "empty set": { aws: invalid },
    "empty text as a value": { aws: "done" },
    "empty text as a key": { aws: invalid },
    "query of an index that does not exist": { aws: invalid, moto: "ResourceNotFoundException" },
    "number of 39 digits": { aws: invalid, moto: "done" },
    "number written as 1.50": { aws: "1.5", moto: "1.50" },
    "value that no expression uses": { aws: invalid, moto: "done" },
    "batch of 26 writes": { aws: invalid, moto: "done" },
    "batch of 101 reads": { aws: invalid },
    "transaction of 2 writes": { aws: "done", dynalite: unknown },
    "transaction of 101 writes": { aws: invalid, dynalite: unknown },
    "transaction repeated under its token": {
      aws: "counted 1",
      dynalite: unknown,
      moto: "counted 2",
    },
    "item past its time to live": { aws: "still read" },
    "time to live switched on": { aws: "done", dynalite: unknown },
  }),
];
