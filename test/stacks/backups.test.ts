import { describe, expect, test } from "vitest";
import { loadEnvironment } from "../../runtime/environment/load.js";
import type { RegisteredResource } from "../../runtime/rehearsal/program/registered.js";
import { exampleRun } from "../support/example-runs.js";

type Tags = Readonly<Record<string, string>>;

/** A store as AWS Backup sees it. */
interface TaggedStore {
  readonly arn: string;
  readonly tags: Tags;
}

const serviceOf = { aurora: ":cluster:", dynamodb: ":table/", rds: ":db:" } as const;

async function registered(name: string): Promise<readonly RegisteredResource[]> {
  const ran = await exampleRun(name, false);
  expect(ran.messages).toEqual([]);
  return ran.resources;
}

function storesIn({ type, account, inputs }: RegisteredResource): readonly TaggedStore[] {
  const { region, tags = {} } = inputs as { readonly region: string; readonly tags?: Tags };
  const arn = (service: string, at: string, name: unknown) =>
    `arn:aws:${service}:${at}:${account}:${name}`;
  switch (type) {
    case "aws:rds/cluster:Cluster":
      return [{ arn: arn("rds", region, `cluster:${inputs.clusterIdentifier}`), tags }];
    case "aws:rds/instance:Instance":
      return [{ arn: arn("rds", region, `db:${inputs.identifier}`), tags }];
    case "aws:dynamodb/table:Table": {
      const replicas = (inputs.replicas ?? []) as readonly {
        readonly regionName: string;
        readonly propagateTags: boolean;
      }[];
      return [
        { arn: arn("dynamodb", region, `table/${inputs.name}`), tags },
        ...replicas.map(({ regionName, propagateTags }) => ({
          arn: arn("dynamodb", regionName, `table/${inputs.name}`),
          tags: propagateTags ? tags : {},
        })),
      ];
    }
    default:
      return [];
  }
}

/** ARNs of what a selection finds among these stores. */
function found({ inputs }: RegisteredResource, stores: readonly TaggedStore[]): readonly string[] {
  const patterns = inputs.resources as readonly string[];
  const conditions = inputs.conditions as readonly {
    readonly stringEquals: readonly { readonly key: string; readonly value: string }[];
  }[];
  const asked = conditions.flatMap(({ stringEquals }) => stringEquals);
  const begins = ({ arn }: TaggedStore) =>
    patterns.some((pattern) => arn.startsWith(pattern.replace(/\*$/, "")));
  const carries = ({ tags }: TaggedStore) =>
    asked.every(({ key, value }) => tags[key.replace("aws:ResourceTag/", "")] === value);
  return stores.filter((store) => begins(store) && carries(store)).map(({ arn }) => arn);
}

const strategies = ["backup-and-restore", "pilot-light", "warm-standby", "active-active"];

describe.each(strategies)("the backups of %s", (name) => {
  test("find a store in each Region that has one, in the primary one of every kind, and no other kind", async () => {
    const loaded = loadEnvironment(`examples/${name}/environment.yaml`);
    if (!loaded.ok) throw new Error("the example must be right");
    const resources = await registered(name);
    const stores = resources.flatMap(storesIn);
    const selections = resources.filter(({ type }) => type === "aws:backup/selection:Selection");
    const cells = loaded.environment.cells;
    expect(selections).toHaveLength(2 * cells.length);

    for (const { name: cell, regions, backups } of cells) {
      const kinds = backups?.stores.map((kind) => serviceOf[kind]) ?? [];
      const inCell = selections.filter((one) => one.name.startsWith(`${cell}-backups-`));
      for (const selection of inCell) {
        const arns = found(selection, stores);
        const isAlone = stores.every(({ arn }) => !arn.includes(`:${selection.inputs.region}:`));
        if (!isAlone) expect(arns, selection.name).not.toEqual([]);
        if (selection.inputs.region !== regions.primary) continue;
        for (const kind of kinds) {
          expect(
            arns.some((arn) => arn.includes(kind)),
            `${selection.name} ${kind}`,
          ).toBe(true);
        }
      }
      const tagged = stores.filter(
        ({ tags }) => tags.backup === `${loaded.environment.name}-${cell}`,
      );
      expect(tagged.length).toBeGreaterThan(0);
      for (const { arn } of tagged) {
        expect(
          kinds.some((kind) => arn.includes(kind)),
          arn,
        ).toBe(true);
      }
    }
  });
});
