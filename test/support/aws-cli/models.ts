import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import type { Availability } from "../tier.js";

/** A shape of a service model, as far as commands are checked by it. */
export interface Shape {
  readonly type: string;
  readonly required?: readonly string[];
  readonly members?: Readonly<Record<string, { readonly shape: string }>>;
  readonly member?: { readonly shape: string };
  readonly value?: { readonly shape: string };
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly min?: number;
  readonly max?: number;
}

export interface ServiceModel {
  readonly operations: Readonly<
    Record<
      string,
      { readonly input?: { readonly shape: string }; readonly output?: { readonly shape: string } }
    >
  >;
  readonly shapes: Readonly<Record<string, Shape>>;
}

/** The published service models, by the name that the AWS CLI gives a service. */
export interface PublishedModels {
  of(service: string): ServiceModel;
}

/** The models that the AWS SDK for Python brings, where it is installed. */
export function publishedModels(): Availability<PublishedModels> {
  const print =
    "import botocore, os; print(os.path.join(os.path.dirname(botocore.__file__), 'data'))";
  const { status, stdout } = spawnSync("python3", ["-c", print], { encoding: "utf8" });
  const folder = stdout?.trim() ?? "";
  if (status !== 0 || !existsSync(folder)) return { missing: "botocore is not installed" };
  const read = new Map<string, ServiceModel>();
  return {
    tool: {
      of: (service) => {
        const known = read.get(service) ?? readModel(join(folder, folders[service] ?? service));
        read.set(service, known);
        return known;
      },
    },
  };
}

/** Commands that are not called by their service's folder. */
const folders: Readonly<Record<string, string>> = { s3api: "s3" };

function readModel(folder: string): ServiceModel {
  const newest = readdirSync(folder).sort().at(-1) ?? "";
  const packed = join(folder, newest, "service-2.json.gz");
  const text = existsSync(packed)
    ? gunzipSync(readFileSync(packed)).toString("utf8")
    : readFileSync(join(folder, newest, "service-2.json"), "utf8");
  return JSON.parse(text);
}
