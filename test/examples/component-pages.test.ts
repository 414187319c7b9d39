import { readdirSync } from "node:fs";
import { basename } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { costed } from "../../runtime/cli/cost/registered.js";
import { estimate } from "../../runtime/core/cost/estimate.js";
import { programOf } from "../support/component-programs.js";
import { type ProgramJudge, programJudge } from "../support/program-judge.js";

const pages = readdirSync("docs/components").map((page) => basename(page, ".md"));

/** What rules cannot check before a page's program is deployed: a rule, and the resource that it speaks of. */
const advised: Readonly<Record<string, readonly string[]>> = {
  "audit-trail": [
    "dr-no-wildcard-action audit-records-role-keys-us-east-1",
    "dr-no-wildcard-action audit-records-role-keys-us-west-2",
  ],
  "backup-vault-pair": ["dr-no-wildcard-action backups-role-keys"],
  "replicated-bucket": [
    "dr-no-wildcard-action records-role-keys-eu-central-1",
    "dr-no-wildcard-action records-role-keys-eu-west-1",
  ],
  "replicated-registry": ["dr-no-wildcard-action images-role-keys"],
};

/** The page of a part shows no audit trail, which an account has once. */
const ofWholeEstates = "dr-audit-trail";

/** What the table of prices does not hold, or which property nobody knows before the deployment. */
const withoutPrice: Readonly<Record<string, readonly string[]>> = {
  "routing-controls": ["Route 53: health checks of type RECOVERY_CONTROL"],
};

describe("the program of a component's page", () => {
  let packs: ProgramJudge;
  beforeAll(async () => {
    packs = await programJudge({ "acme:firstPassword": "first-and-soon-changed" });
  });
  afterAll(() => packs.close());

  it.each(pages)(
    "of %s is whole, no policy refuses what it makes, and all of it has a price",
    async (page) => {
      const { messages, resources, violations } = await packs.judge(programOf(page));

      expect(messages).toEqual([]);
      expect(resources.map(({ type }) => kebabCase(type))).toContain(page);
      expect(violations.filter(({ level }) => level === "mandatory")).toEqual([]);
      const said = violations
        .filter(({ policy }) => page === "audit-trail" || policy !== ofWholeEstates)
        .map(({ policy, resourceName }) => `${policy} ${resourceName}`);
      expect(said.toSorted()).toEqual(advised[page] ?? []);
      const { unpriced } = estimate(resources.map(costed));
      expect([...new Set(unpriced.map(({ what }) => what))]).toEqual(withoutPrice[page] ?? []);
    },
  );
});

/** `aws-dr:data:GlobalTable` is told of by the page `global-table`. */
function kebabCase(type: string): string {
  const name = type.split(":").at(-1) ?? "";
  return name.replace(/(?<=[a-z])(?=[A-Z])/g, "-").toLowerCase();
}
