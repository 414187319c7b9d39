import { parseArn } from "../../arns.js";
import { tagsOf } from "../body.js";
import type { LaneRecord } from "../model.js";
import { type Call, type Operation, right } from "../operation.js";
import { invalidField, refusalAs } from "../refusal.js";

/** Source: API documentation of TagResource. */
const maxTagsPerResource = 50;

const common = { path: "/tags/", needsInitialisedAccount: false } as const;

const tagResource: Operation = {
  ...common,
  name: "TagResource",
  method: "POST",
  rights: ({ resourceArn }) => [right("drs:TagResource", [resourceArn])],
  run(call) {
    const resource = taggedResource(call);
    const tags = { ...resource.tags, ...tagsOf(call.body, "tags") };
    if (Object.keys(tags).length > maxTagsPerResource) {
      const message = `tags must leave at most ${maxTagsPerResource} on the resource`;
      throw refusalAs(call.world.switches.tagsOverLimit, message, call.resourceArn);
    }
    resource.tags = tags;
    return { status: 200 };
  },
};

const untagResource: Operation = {
  ...common,
  name: "UntagResource",
  method: "DELETE",
  rights: ({ resourceArn }) => [right("drs:UntagResource", [resourceArn])],
  run(call) {
    const resource = taggedResource(call);
    const removed = new Set(call.query.getAll("tagKeys"));
    if (removed.size === 0) throw invalidField("tagKeys", "must be given");
    const kept = Object.entries(resource.tags).filter(([key]) => !removed.has(key));
    resource.tags = Object.fromEntries(kept);
    return { status: 200 };
  },
};

const listTagsForResource: Operation = {
  ...common,
  name: "ListTagsForResource",
  method: "GET",
  rights: ({ resourceArn }) => [right("drs:ListTagsForResource", [resourceArn])],
  run: (call) => ({ status: 200, body: { tags: taggedResource(call).tags } }),
};

/** Operations on the tags of every resource that has some. */
export const tagOperations: readonly Operation[] = [
  tagResource,
  untagResource,
  listTagsForResource,
];

function taggedResource({ lane, resourceArn }: Call): { tags: Record<string, string> } {
  const found = taggedIn(lane, resourceArn);
  if (found) return found;
  const message = `Resource ${resourceArn} does not exist`;
  throw refusalAs("ResourceNotFoundException", message, resourceArn);
}

/** What has tags under an ARN, in its own lane. */
export function taggedIn(
  lane: LaneRecord,
  arn: string,
): { tags: Record<string, string> } | undefined {
  const found = resourceIn(lane, parseArn(arn)?.resource ?? "");
  return found?.arn === arn ? found : undefined;
}

function resourceIn(lane: LaneRecord, resource: string) {
  const [kind, id = ""] = resource.split("/");
  if (kind === "source-server") return lane.servers.get(id);
  if (kind === "recovery-instance") return lane.instances.get(id);
  if (kind === "replication-configuration-template") return lane.templates.replication.get(id);
  if (kind === "launch-configuration-template") return lane.templates.launch.get(id);
  if (kind === "recovery-plan") return lane.recoveryPlans.plans.get(id);
  if (kind === "recovery-plan-execution") return lane.recoveryPlans.executions.get(id);
  if (kind === "source-network") return lane.networks.byId.get(id);
  if (kind === "job") return lane.jobs.find(({ jobId, deletedAt }) => jobId === id && !deletedAt);
  return undefined;
}
