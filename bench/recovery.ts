import { realTools } from "../runtime/cli/real-tools.js";
import type { Environment } from "../runtime/environment/schema.js";
import type { RehearsalDocument } from "../runtime/rehearsal/document.js";
import { exampleEnvironment, withEnvironmentFile } from "./example.js";
import type { Figure } from "./figure.js";

/** Calls to DRS that a server may cost, from StartRecovery to the end of the clean-up. */
const callsAServer = 0.5;

/** The same estate with all its waves free to start at once. */
function withoutDependencies(environment: Environment): Environment {
  const plans = environment.plans.map((plan) => ({
    ...plan,
    waves: plan.waves.map((wave) => ({ ...wave, dependsOn: [] })),
  }));
  return { ...environment, plans };
}

function rehearsed(environment: Environment): Promise<RehearsalDocument> {
  return withEnvironmentFile(environment, (environmentFile) =>
    realTools.rehearse({
      environment,
      environmentFile,
      plan: environment.plans[0]?.name ?? "",
      kind: "drill",
      seed: 1,
      onProgress: () => undefined,
    }),
  );
}

/** How near a rehearsed drill of 1,000 servers in four lanes comes to what no orchestrator can beat. */
export async function recovery(): Promise<readonly Figure[]> {
  const environment = await exampleEnvironment();
  const flat = await rehearsed(withoutDependencies(environment));
  const began = performance.now();
  const tiers = await rehearsed(environment);
  const wallSeconds = (performance.now() - began) / 1000;
  const calls = Object.values(tiers.calls).reduce((sum, count) => sum + count, 0);
  const size = `${tiers.servers.launched.toLocaleString("en")} servers in ${tiers.lanes.length} lanes`;
  return [
    {
      name: `makespan of ${size}, no dependencies`,
      unit: "s",
      value: flat.makespanSeconds,
      against: "the slowest server",
      baseline: flat.lowerBoundSeconds,
    },
    {
      name: `makespan of ${size}, three tiers`,
      unit: "s",
      value: tiers.makespanSeconds,
      against: "the slowest servers of the tiers, one after another",
      baseline: tiers.lowerBoundSeconds,
    },
    {
      name: "DRS calls a server, clean-up included",
      unit: "calls",
      value: calls / tiers.servers.total,
      against: "goal",
      baseline: callsAServer,
    },
    {
      name: `rehearsal of ${size}, real time`,
      unit: "s",
      value: wallSeconds,
      against: "the makespan that it rehearses",
      baseline: tiers.makespanSeconds,
    },
  ];
}
