import { storeBehaviours } from "../../runtime/rehearsal/store-behaviours.js";
import { markdownTable } from "./markdown.js";

/** What stores do: the documented DynamoDB, the one of a rehearsal, the second one of the tests. */
export function storesTable(): string {
  const same = "the same";
  const rows = storeBehaviours.map(({ name, isLeanedOn, aws, dynalite = same, moto = same }) => [
    name,
    isLeanedOn ? "yes" : "no",
    aws,
    dynalite,
    moto,
  ]);
  return markdownTable(["case", "leaned on", "AWS", "dynalite", "moto"], rows);
}
