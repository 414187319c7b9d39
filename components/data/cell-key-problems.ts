import { deletionWindowDays, rotationDays } from "../../runtime/limits.js";
import { Problems, type Rule, resourceName, within } from "../arguments.js";
import { checkCell } from "../cells/cell.js";
import { keyCallers, keyServices } from "../iam/key-policy.js";
import type { CellKeyArgs } from "./cell-key.js";

/** Everything that is wrong with a key's arguments, before anything is created. */
export function cellKeyProblems(
  args: CellKeyArgs,
  days: { readonly deletionWindowDays: number; readonly rotationDays: number },
): Problems {
  const { callers = [], users = [] } = args;
  const problems = new Problems();
  checkCell(problems, args.cell);
  problems.check("name", resourceName, args.name);
  for (const [index, service] of args.services.entries()) {
    problems.check(`services[${index}]`, oneOf(keyServices), service);
  }
  for (const [index, caller] of callers.entries()) {
    problems.check(`callers[${index}]`, oneOf(keyCallers), caller);
  }
  for (const [index, user] of users.entries()) problems.check(`users[${index}]`, principal, user);
  if (args.services.length + users.length === 0) {
    problems.add("services", "must name a service if no users are named, got none. Name one");
  }
  problems.check("deletionWindowDays", within(deletionWindowDays), days.deletionWindowDays);
  problems.check("rotationDays", within(rotationDays), days.rotationDays);
  return problems;
}

const principal: Rule<string> = (arn) =>
  /^arn:[a-z-]+:iam::\d{12}:(role|user)\/.+$/.test(arn)
    ? undefined
    : `must be the ARN of a role or user, got "${arn}". A whole account is no user of a key`;

function oneOf(known: readonly string[]): Rule<string> {
  return (given) =>
    known.includes(given) ? undefined : `must be one of ${known.join(", ")}, got "${given}"`;
}
