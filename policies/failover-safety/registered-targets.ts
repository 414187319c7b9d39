import type { PolicyResource } from "@pulumi/policy";
import { known, UNKNOWN } from "../known.js";
import { satellitesOf } from "../satellites.js";

const scalableType = "aws:appautoscaling/target:Target";

type Count = number | typeof UNKNOWN;

/** What registers targets: where it names the group, and how many it keeps there. */
const registrars: readonly {
  readonly type: string;
  readonly property: string;
  readonly kept: (registrar: PolicyResource, all: readonly PolicyResource[]) => Count;
}[] = [
  {
    type: "aws:lb/targetGroupAttachment:TargetGroupAttachment",
    property: "targetGroupArn",
    kept: () => 1,
  },
  {
    type: "aws:autoscaling/attachment:Attachment",
    property: "lbTargetGroupArn",
    kept: () => UNKNOWN,
  },
  {
    type: "aws:autoscaling/group:Group",
    property: "targetGroupArns",
    kept: (group) => numberAt(group, "minSize"),
  },
  { type: "aws:ecs/service:Service", property: "loadBalancers", kept: tasksOf },
];

/** How many targets a group has while nothing has happened; `UNKNOWN` where nothing of the stack fills it. */
export function registeredTargets(group: PolicyResource, all: readonly PolicyResource[]): Count {
  const counts = registrars.flatMap(({ type, property, kept }) =>
    satellitesOf(all, group, type, property, "arn").map((one) => kept(one, all)),
  );
  const told = counts.filter((count) => count !== UNKNOWN);
  const most = Math.max(0, ...told);
  return most === 0 && (counts.length === 0 || told.length < counts.length) ? UNKNOWN : most;
}

/** Scaling keeps no fewer tasks than its floor, whatever the service was made with. */
function tasksOf(service: PolicyResource, all: readonly PolicyResource[]): Count {
  const [scaling] = satellitesOf(all, service, scalableType, "resourceId", "id");
  return scaling === undefined
    ? numberAt(service, "desiredCount")
    : numberAt(scaling, "minCapacity");
}

function numberAt({ props }: PolicyResource, property: string): Count {
  const value = known(() => props[property] as number | undefined);
  return value === UNKNOWN ? UNKNOWN : (value ?? 0);
}
