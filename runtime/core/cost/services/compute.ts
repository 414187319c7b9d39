import { type Assessments, byUse, due, type Finding } from "../finding.js";
import { linuxInstance } from "../prices/instances.js";
import { fargate, standing } from "../prices/services.js";
import { type CostedResource, Reading, type Stack } from "../resources.js";

/** What EKS gives a node where nobody says how large its disk is. */
const defaultNodeDiskGib = 20;

/** Tasks, clusters, nodes and instances. */
export const computeAssessments: Assessments = {
  "aws:ecs/service:Service": tasks,
  "aws:eks/cluster:Cluster": () => [due("EKS", "control plane", standing.kubernetesCluster, 1)],
  "aws:eks/nodeGroup:NodeGroup": nodes,
  "aws:ec2/instance:Instance": (reading) => [
    ...instances("EC2", reading.text("instanceType"), 1, 1),
    byUse("EC2", "disks of instances"),
  ],
};

function tasks(reading: Reading, service: CostedResource, stack: Stack): readonly Finding[] {
  if (reading.text("launchType") === "EC2") return [];
  const definition = stack.behind(
    service,
    "taskDefinition",
    "aws:ecs/taskDefinition:TaskDefinition",
  );
  const sizes = definition && new Reading(definition);
  const [cpuUnits, memoryMib] = [sizes?.number("cpu"), sizes?.number("memory")];
  const isArm = sizes?.text("runtimePlatform.cpuArchitecture") === "ARM64";
  if (cpuUnits === undefined || memoryMib === undefined || isArm) {
    return [due("ECS", "Fargate tasks of another size or kind", undefined, 1)];
  }
  const atRest = reading.number("desiredCount") ?? 0;
  const inFailover = Math.max(atRest, mostTasks(service, reading.text("name"), stack) ?? atRest);
  const part = (what: string, price: typeof fargate.cpu, each: number) =>
    due("ECS", what, price, atRest * each, { inFailover: inFailover * each });
  return [
    part("Fargate vCPUs", fargate.cpu, cpuUnits / 1024),
    part("Fargate GiB of memory", fargate.memoryGib, memoryMib / 1024),
  ];
}

/** The most tasks to which the service's own scaling may raise it. */
function mostTasks(
  { region }: CostedResource,
  name: string | undefined,
  stack: Stack,
): number | undefined {
  const target = stack
    .ofType("aws:appautoscaling/target:Target")
    .find(
      (one) =>
        one.region === region &&
        name !== undefined &&
        String(one.props.resourceId).endsWith(`/${name}`),
    );
  return target && new Reading(target).number("maxCapacity");
}

function nodes(reading: Reading): readonly Finding[] {
  const isSpot = reading.text("capacityType") === "SPOT";
  const instanceType = reading.text("instanceTypes[]");
  const atRest = reading.number("scalingConfig.desiredSize") ?? 0;
  const inFailover = Math.max(atRest, reading.number("scalingConfig.maxSize") ?? atRest);
  const diskGib = reading.number("diskSize") ?? defaultNodeDiskGib;
  const disks = due("EKS", "GiB of node disks", standing.nodeDisk, atRest * diskGib, {
    inFailover: inFailover * diskGib,
  });
  return [
    ...instances("EKS", isSpot ? undefined : instanceType, atRest, inFailover),
    reading.record("launchTemplate") ? byUse("EKS", "disks of launch templates") : disks,
  ];
}

function instances(
  service: string,
  instanceType: string | undefined,
  atRest: number,
  inFailover: number,
): readonly Finding[] {
  const price = instanceType === undefined ? undefined : linuxInstance(instanceType);
  return [due(service, `${instanceType ?? "spot"} instances`, price, atRest, { inFailover })];
}
