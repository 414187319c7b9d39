import { keepImages } from "../../runtime/limits.js";
import { Problems, type Rule, resourceName, within } from "../arguments.js";
import { checkCell } from "../cells/cell.js";
import { checkKeyArns } from "../cells/keys.js";
import { checkObjectives } from "./objectives.js";
import { creationRoleOf } from "./registry-in-region.js";
import type { ReplicatedRegistryArgs } from "./replicated-registry.js";

/** Source: IAM User Guide, name requirements. */
const maxRoleNameCharacters = 64;

/** What ECR takes as the prefix of repositories. */
const repositoryPrefix: Rule<string> = (prefix) =>
  /^[a-z][a-z0-9._/-]{1,255}$/.test(prefix)
    ? undefined
    : `must be how names of repositories begin, got "${prefix}". Take lower-case letters, digits and . _ - /`;

/** Everything that is wrong with a registry's arguments, before anything is created. */
export function registryProblems(
  args: ReplicatedRegistryArgs,
  settings: { readonly keepImages: number; readonly ownsReplication: boolean },
): Problems {
  const problems = new Problems();
  const { repositories, otherPrefixes = [] } = args;
  checkCell(problems, args.cell);
  problems.check("name", resourceName, args.name);
  const { name: role } = creationRoleOf(args.cell, args.name);
  if (role.length > maxRoleNameCharacters) {
    problems.add(
      "name",
      `must give role names of up to ${maxRoleNameCharacters} characters, got "${role}" with ${role.length}. Take a shorter one`,
    );
  }
  checkKeyArns(problems, args.cell, args.keyArns);
  checkObjectives(problems, args.objectives);
  for (const [index, repository] of repositories.entries()) {
    problems.check(`repositories[${index}]`, resourceName, repository);
  }
  const twice = repositories.find((one, index) => repositories.indexOf(one) !== index);
  if (twice !== undefined) {
    problems.add("repositories", `must name each once, got "${twice}" again. Leave one out`);
  }
  for (const [index, prefix] of otherPrefixes.entries()) {
    problems.check(`otherPrefixes[${index}]`, repositoryPrefix, prefix);
  }
  if (!settings.ownsReplication && otherPrefixes.length > 0) {
    problems.add(
      "otherPrefixes",
      `must not be given without ownsReplication, got ${otherPrefixes.length}. Give them where the replication is set`,
    );
  }
  problems.check("keepImages", within(keepImages), settings.keepImages);
  return problems;
}
