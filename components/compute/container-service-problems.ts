import { cpuUnits, memoryMib, serviceTasks, targetCpuPercent } from "../../runtime/limits.js";
import { Problems, resourceName, within } from "../arguments.js";
import { checkCell } from "../cells/cell.js";
import { checkNameLength } from "../cells/name-length.js";
import { checkRegion } from "../cells/regional.js";
import { checkCapacity } from "./capacity.js";
import type { ContainerServiceArgs } from "./container-service.js";
import { imageProblem } from "./image.js";
import { serviceNames } from "./names.js";

/** Everything that is wrong with a service's arguments, before anything is created. */
export function containerServiceProblems(args: ContainerServiceArgs): Problems {
  const { cell, network, service, containerPort } = args;
  const { region } = network;
  const names = serviceNames(cell, region, service, containerPort);
  const problems = new Problems();
  checkCell(problems, cell);
  checkRegion(problems, cell, region, "network.region");
  problems.check("service", resourceName, service);
  checkCapacity(problems, "tasks", serviceTasks, args.tasks);
  problems.add("image", imageProblem(args.image, region));
  problems.add("containerPort", portProblem(containerPort));
  problems.add("certificateArn", certificateProblem(args.certificateArn, region));
  problems.add("healthCheckPath", pathProblem(args.healthCheckPath));
  problems.check("cpuUnits", within(cpuUnits), args.cpuUnits ?? cpuUnits.default);
  problems.check("memoryMib", within(memoryMib), args.memoryMib ?? memoryMib.default);
  problems.check(
    "targetCpuPercent",
    within(targetCpuPercent),
    args.targetCpuPercent ?? targetCpuPercent.default,
  );
  checkNameLength(problems, "target group", names.targetGroup, 32);
  checkNameLength(problems, "role", names.executionRole.name, 64);
  return problems;
}

function portProblem(port: number): string | undefined {
  if (Number.isInteger(port) && port >= 1 && port <= 65_535) return undefined;
  return `must be a port from 1 to 65535, got ${port}`;
}

function certificateProblem(arn: unknown, region: string): string | undefined {
  if (typeof arn !== "string") return undefined;
  const [, , service, where] = arn.split(":");
  if (service === "acm" && where === region) return undefined;
  return `must be the ARN of a certificate in "${region}", got "${arn}". A load balancer takes none of another Region`;
}

function pathProblem(path: string): string | undefined {
  if (path.startsWith("/")) return undefined;
  return `must begin with a slash, got "${path}". Name the path of a check that reaches all that a task needs`;
}
