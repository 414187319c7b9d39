import {
  activationOf,
  mechanismOf,
  rpoOf,
  type StoreSettings,
} from "../../../core/cells/copies.js";
import type { RpoBasis } from "../../../core/cells/mechanisms.js";
import { counted, duration, thousands } from "../../wording.js";
import type { Fields } from "../fields.js";

/** In which of its cell's Regions a card stands. */
export interface Place {
  readonly region: string;
  readonly isPrimary: boolean;
}

type Facts = (contract: Fields, place: Place) => readonly (string | undefined)[];

/** What is told of each kind of store in a Region, by the type of its component. */
export const storeFacts: Readonly<Record<string, Facts>> = {
  "aws-dr:data:AuroraGlobalDatabase": aurora,
  "aws-dr:data:CrossRegionReplica": replica,
  "aws-dr:data:GlobalCache": cache,
  "aws-dr:data:GlobalTable": (contract, { isPrimary }) => [
    tableInWords(contract, isPrimary),
    contract.text("consistency") === "strong" ? "strongly consistent" : undefined,
    within("restored within", contract.number("pointInTimeRecoveryDays"), "day"),
  ],
  "aws-dr:data:ReplicatedBucket": (contract) => [
    "S3 bucket: both Regions write",
    locked(contract),
    within("archived after", contract.number("archiveAfterDays"), "day"),
  ],
  "aws-dr:data:RegionalQueue": (contract, { isPrimary }) => [
    `SQS queue, ${contract.text("pattern") ?? "alone"}`,
    isPrimary ? undefined : said("left messages on recovery:", contract.text("onRecovery")),
  ],
  "aws-dr:data:ReplicatedRegistry": (contract) => [
    "ECR, pulled from within the Region",
    said("images of", contract.texts("repositories").join(", ")),
  ],
  "aws-dr:data:ReplicatedSecret": (_contract, { isPrimary }) => [
    `Secrets Manager${isPrimary ? "" : ", read-only until promoted"}`,
  ],
  "aws-dr:data:BackupVaultPair": (contract) => [
    said("AWS Backup of", contract.texts("stores").join(", ")),
    within("kept", contract.number("keepBackupsDays"), "day"),
    said("locked:", contract.text("lockMode")),
  ],
  "aws-dr:data:CellKey": (contract) => [
    contract.isTrue("multiRegion")
      ? "KMS, one key in both Regions"
      : "KMS key of this Region alone",
    within("rotated every", contract.number("rotationDays"), "day"),
  ],
};

/** What is promised of a store, and what makes its copy writable. */
export function activationFacts(contract: Fields, { isPrimary }: Place): readonly string[] {
  const store = settingsOf(contract);
  if (store === undefined) return [];
  if (isPrimary) return promised(contract);
  const { activation } = mechanismOf(store) ?? {};
  if (activation === undefined || activation === "none") return [];
  return [`${activation}: about ${duration(activationOf(store))}`];
}

/** What the RPO of a store is and rests on, where it is one. */
export function rpoInWords(contract: Fields): string | undefined {
  const store = settingsOf(contract);
  if (store === undefined) return undefined;
  if (store.mechanism === "queue-outbox") return "RPO of the store it is rebuilt from";
  if (store.mechanism === "dynamodb-backup-copy") return "RPO of its backups";
  const { rpoBasis, rpoSeconds } = rpoOf(store);
  return rpoSeconds === undefined || rpoBasis === "unbounded"
    ? "RPO unbounded"
    : `RPO ${duration(rpoSeconds)}, ${basisWords[rpoBasis]}`;
}

const basisWords: Readonly<Record<RpoBasis, string>> = {
  enforced: "enforced",
  designed: "by design",
  observed: "usual",
  scheduled: "by schedule",
  unbounded: "unbounded",
};

function settingsOf(contract: Fields): StoreSettings | undefined {
  const mechanism = contract.text("mechanism");
  if (mechanism === undefined) return undefined;
  const activationSeconds = contract.number("activationSeconds");
  const enforcedRpoSeconds = contract.number("enforcedRpoSeconds");
  const backedUpEverySeconds = contract.number("backedUpEverySeconds");
  return {
    mechanism,
    ...(activationSeconds !== undefined && { activationSeconds }),
    ...(enforcedRpoSeconds !== undefined && { enforcedRpoSeconds }),
    ...(backedUpEverySeconds !== undefined && { backedUpEverySeconds }),
    ...(contract.text("onPartition") === "block-commits" && { onPartition: "block-commits" }),
  };
}

function promised(contract: Fields): readonly string[] {
  const objectives = contract.inner("objectives");
  const [rto, rpo] = [objectives.number("rtoMinutes"), objectives.number("rpoSeconds")];
  if (rto === undefined) return [];
  return [
    `promised: RTO ${duration(rto * 60)}${rpo === undefined ? "" : `, RPO ${duration(rpo)}`}`,
  ];
}

function aurora(contract: Fields, { region, isPrimary }: Place) {
  const instances = contract.inner("instances").number(region) ?? 0;
  const held = instances === 0 ? "storage alone, no instance" : `${instances} ×`;
  return [
    said("Aurora PostgreSQL", contract.text("engineVersion")),
    [isPrimary ? "writes:" : "follows:", held, instances > 0 ? contract.text("instanceClass") : ""]
      .join(" ")
      .trim(),
  ];
}

function replica(contract: Fields, { region, isPrimary }: Place) {
  const size = contract.text(isPrimary ? "instanceClass" : "replicaInstanceClass");
  const zones = contract.inner("multiAz").isTrue(region) ? ", in two zones" : "";
  return [
    said("RDS PostgreSQL", contract.text("engineVersion")),
    said(isPrimary ? "writes:" : "follows:", size && `${size}${zones}`),
  ];
}

function cache(contract: Fields, { isPrimary }: Place) {
  const shards = counted(contract.number("shards") ?? 0, "shard");
  const nodes = thousands((contract.number("replicasPerShard") ?? 0) + 1);
  return [
    said("ElastiCache", [contract.text("engine"), contract.text("engineVersion")].join(" ")),
    `${isPrimary ? "writes:" : "follows:"} ${shards} × ${nodes} ${contract.text("nodeType") ?? ""}`,
  ];
}

function tableInWords(contract: Fields, isPrimary: boolean): string {
  if (contract.text("mechanism") !== "dynamodb-backup-copy") {
    return "DynamoDB global table: both Regions write";
  }
  return isPrimary ? "DynamoDB table of this Region alone" : "nothing before it is restored";
}

function locked(contract: Fields): string | undefined {
  const years = contract.number("retentionYears");
  const mode = contract.text("retentionMode")?.toLowerCase();
  return years === undefined ? undefined : `locked ${counted(years, "year")}, ${mode}`;
}

function within(words: string, count: number | undefined, unit: string): string | undefined {
  return count === undefined ? undefined : `${words} ${counted(count, unit)}`;
}

function said(words: string, value: string | undefined): string | undefined {
  return value === undefined || value === "" ? undefined : `${words} ${value}`;
}
