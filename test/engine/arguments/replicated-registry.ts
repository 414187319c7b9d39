import type { ReplicatedRegistryArgs } from "../../../components/index.js";
import { keyArns, orders } from "../../support/cells.js";
import { type ArgumentTable, inPlace, refused, replaces } from "../support/argument-table.js";
import { objectives, otherKeyArns, renamed } from "./values.js";

const repository = ["ecr:Repository"];

export const replicatedRegistry: ArgumentTable<ReplicatedRegistryArgs> = {
  component: "ReplicatedRegistry",
  sample: { cell: orders, name: "images", keyArns, repositories: ["api", "worker"] },
  unprotected: { keepData: false },
  rows: {
    cell: refused(renamed, repository, "ECR renames no repository"),
    name: refused("builds", repository, "ECR renames no repository"),
    keyArns: refused(otherKeyArns, repository, "a repository keeps the key that it was made with"),
    repositories: [
      inPlace(["api", "worker", "batch"]),
      refused(["api"], repository, "one that is not named any more is deleted with its images"),
    ],
    keepImages: replaces(
      900,
      ["ecr:LifecyclePolicy"],
      "the provider puts a policy in another's place",
    ),
    ownsReplication: inPlace(false),
    otherPrefixes: inPlace(["shop-returns-images/"]),
    objectives: inPlace(objectives),
    keepData: inPlace(true),
    transformRepository: inPlace((given) => ({ ...given, tags: { system: "shop" } })),
  },
};
