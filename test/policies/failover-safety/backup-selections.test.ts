import { describe, expect, it } from "vitest";
import { backupsSelectStores } from "../../../policies/failover-safety/backups-select-stores.js";
import { type Shown, showStack, uncheckedAdvisory, unknown } from "../in-process.js";

type Props = Readonly<Record<string, unknown>>;

const account = "111122223333";
const provider = { allowedAccountIds: JSON.stringify([account]) };
const east = "us-east-1";
const west = "us-west-2";
const tags = { backup: "shop-orders", owner: "shop" };
const tables = (region: string, of = account) => `arn:aws:dynamodb:${region}:${of}:table/*`;
const clusters = (region: string) => `arn:aws:rds:${region}:${account}:cluster:*`;

function selection(resources: unknown, more: Props = {}, name = "selection"): Shown {
  const conditions = [{ stringEquals: [{ key: "aws:ResourceTag/backup", value: "shop-orders" }] }];
  return {
    type: "aws:backup/selection:Selection",
    name,
    props: { resources, conditions, ...more },
    provider,
  };
}

function table(more: Props = {}, of: Props = provider): Shown {
  const props = { region: east, name: "shop-orders-carts", ...more };
  return { type: "aws:dynamodb/table:Table", name: "carts", props, provider: of };
}

function cluster(more: Props = {}): Shown {
  const props = { region: east, clusterIdentifier: "shop-orders-ledger", ...more };
  return { type: "aws:rds/cluster:Cluster", name: "ledger", props, provider };
}

const nothing = (pattern: string, index = 0) =>
  `mandatory: resources[${index}] must lead to a store that carries backup="shop-orders", got none with "${pattern}". Give stores of this kind the tag, or leave the kind out.`;
const unchecked = (path: string, name = "selection") =>
  uncheckedAdvisory(backupsSelectStores, `${name}.${path}`);

describe("a selection of backups", () => {
  const copied = { tags, replicas: [{ regionName: west, propagateTags: true }] };
  it.each<[string, readonly Shown[], readonly string[]]>([
    ["finds the store that carries its tag", [selection([tables(east)]), table({ tags })], []],
    ["finds none without the tag", [selection([tables(east)]), table()], [nothing(tables(east))]],
    [
      "finds none with another value of the tag",
      [selection([tables(east)]), table({ tags: { backup: "shop" } })],
      [nothing(tables(east))],
    ],
    [
      "finds one that the provider gives the tag",
      [selection([tables(east)]), table({ tagsAll: tags })],
      [],
    ],
    [
      "finds stores of each kind that it names",
      [selection([clusters(east), tables(east)]), cluster({ tags }), table({ tags })],
      [],
    ],
    [
      "finds stores of one kind alone",
      [selection([clusters(east), tables(east)]), cluster({ tags }), table()],
      [nothing(tables(east), 1)],
    ],
    ["finds a replica that is handed the tag", [selection([tables(west)]), table(copied)], []],
    [
      "finds no replica that is handed none",
      [selection([tables(west)]), table({ tags, replicas: [{ regionName: west }] })],
      [nothing(tables(west))],
    ],
    [
      "finds nothing of another Region",
      [selection([tables(west)]), table({ tags })],
      [nothing(tables(west))],
    ],
    [
      "waits for what is restored, while one of the other Region finds it",
      [selection([tables(west)]), selection([tables(east)], {}, "other"), table({ tags })],
      [],
    ],
    [
      "finds nothing of another account",
      [selection([tables(east, "444455556666")]), table({ tags })],
      [nothing(tables(east, "444455556666"))],
    ],
    [
      "finds by a part of the name",
      [selection([`arn:aws:dynamodb:*:*:table/shop-*`]), table({ tags })],
      [],
    ],
    [
      "finds nothing of another name",
      [selection([`arn:aws:dynamodb:*:*:table/bank-*`]), table({ tags })],
      [nothing("arn:aws:dynamodb:*:*:table/bank-*")],
    ],
    [
      "may find stores of another stack, where its own has none of the kind",
      [selection([tables(east)]), cluster({ tags })],
      [unchecked("resources[0]")],
    ],
    [
      "may find what this rule knows nothing of",
      [selection(["arn:aws:ec2:*:*:volume/*"]), table({ tags })],
      [unchecked("resources[0]")],
    ],
    [
      "may find a store whose tags are not known yet",
      [selection([tables(east)]), table({ tags: unknown })],
      [unchecked("resources[0]")],
    ],
    [
      "may find a store whose provider gives tags that are not known yet",
      [selection([tables(east)]), table({ tagsAll: unknown })],
      [unchecked("resources[0]")],
    ],
    [
      "finds a store whose name is not known yet",
      [selection([tables(east)]), table({ name: unknown, tags })],
      [],
    ],
    ["asks for what is not known yet", [selection(unknown), table()], [unchecked("conditions")]],
    [
      "asks otherwise than for a value",
      [
        selection([tables(east)], {
          conditions: [{ stringLikes: [{ key: "aws:ResourceTag/backup", value: "shop*" }] }],
        }),
        table(),
      ],
      [unchecked("conditions")],
    ],
    ["asks for no tag", [selection([tables(east)], { conditions: [] }), table()], []],
    [
      "asks by its older list of tags",
      [
        selection([tables(east)], {
          conditions: [],
          selectionTags: [{ type: "STRINGEQUALS", key: "backup", value: "shop-orders" }],
        }),
        table(),
      ],
      [nothing(tables(east))],
    ],
    [
      "asks for a tag on whatever carries it, and something does",
      [selection([]), table({ tags })],
      [],
    ],
    [
      "asks for a tag on whatever carries it, and nothing of the stack does",
      [selection([]), table()],
      [unchecked("resources")],
    ],
  ])("%s", async (_title, shown, said) => {
    expect(await showStack(backupsSelectStores, shown)).toEqual(said);
  });
});
