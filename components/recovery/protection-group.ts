import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type {
  ProtectionGroup as GroupDocument,
  GroupMember,
} from "../../runtime/core/recovery/plan.js";
import { accountId, Problems, type Rule, resourceName } from "../arguments.js";
import { type HubReference, hubFields } from "./hub-reference.js";
import { libraryItem } from "./library-item.js";

/** What a {@link ProtectionGroup} needs to know. */
export interface ProtectionGroupArgs {
  /** The hub that keeps the group: an OrchestrationHub, another stack's output of one, or `hubReference`. */
  readonly hub: pulumi.Input<HubReference>;
  readonly group: GroupDocument;
}

/**
 * A protection group as the deployment declares it. Operators cannot change it: the hub's
 * data-management function refuses, because the next deployment would undo what they did.
 */
export class ProtectionGroup extends pulumi.ComponentResource {
  /** The group's name, once the hub has it. */
  readonly groupName: pulumi.Output<string>;

  constructor(name: string, args: ProtectionGroupArgs, opts?: pulumi.ComponentResourceOptions) {
    const { group } = args;
    const contract = { group: group.name, members: group.members };
    super("aws-dr:recovery:ProtectionGroup", name, contract, opts);
    problemsOf(group).refuse(this);
    const hub = hubFields(this, args.hub);
    const child = { parent: this };

    const item = new aws.dynamodb.TableItem(
      `${name}-item`,
      {
        region: hub.homeRegion,
        tableName: hub.groupsTable,
        hashKey: "name",
        item: libraryItem(group),
      },
      child,
    );

    this.groupName = item.tableName.apply(() => group.name);
    this.registerOutputs(contract);
  }
}

function problemsOf({ name, members }: GroupDocument): Problems {
  const problems = new Problems();
  problems.check("group.name", resourceName, name);
  if (members.length === 0) {
    problems.add("group.members", "must name at least one lane, got none. Add a member");
  }
  for (const [index, member] of members.entries()) {
    problems.check(`group.members[${index}].account`, accountId, member.account);
    problems.check(`group.members[${index}]`, oneSelection, member);
  }
  return problems;
}

const oneSelection: Rule<GroupMember> = ({ tags, servers }) => {
  if ((tags === undefined) !== (servers === undefined)) return undefined;
  const got = tags === undefined ? "neither" : "both";
  return `must select by tags or by servers, got ${got}. Give one; tags {} selects every server`;
};
