import type { SpokeAccountArgs } from "../../../components/index.js";
import { type ArgumentTable, inPlace, replaces, untried } from "../support/argument-table.js";
import { hubRoles } from "./hub-values.js";

const lane = { region: "us-east-1", declaredServers: 120 };

export const spokeAccount: ArgumentTable<SpokeAccountArgs> = {
  component: "SpokeAccount",
  sample: {
    environment: "shop",
    account: "111122223333",
    accountName: "shop",
    hubAccount: "111122223333",
    externalId: "shop-111122223333",
    lanes: [lane],
  },
  needs: hubRoles,
  rows: {
    environment: replaces("other", ["iam:Role", "iam:RolePolicy"], "a role is its name"),
    account: untried("another account has another provider, so it is another spoke"),
    accountName: inPlace("other"),
    hubAccount: inPlace("999988887777"),
    externalId: inPlace("another"),
    lanes: inPlace([lane, { region: "us-west-2", declaredServers: 80 }]),
    warnAtServers: inPlace(240),
    criticalAtServers: inPlace(270),
    hasPublisher: inPlace(true),
    transformRole: inPlace((given) => ({ ...given, tags: { system: "shop" } })),
  },
};
