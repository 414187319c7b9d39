import * as pulumi from "@pulumi/pulumi";
import { type Limit, logRetentionPeriodsDays, outOfBounds } from "../runtime/limits.js";

/** Last word on a child's arguments: a pure function, applied after everything else. */
export type Transform<Args> = (args: Args) => Args;

/** What a transform is when none is given. */
export function unchanged<Args>(args: Args): Args {
  return args;
}

/** Says how a value breaks its rule (`must be …, got … . What to do`), or nothing when it does not. */
export type Rule<Value> = (value: Value) => string | undefined;

/** Names of environments, groups, plans and waves: they become parts of AWS names. */
export const resourceName: Rule<string> = pattern(
  /^[a-z][a-z0-9-]{0,39}$/,
  "1 to 40 lower-case letters, digits and hyphens, beginning with a letter",
);

export const accountId: Rule<string> = pattern(/^\d{12}$/, "12 digits");

/** The longest of CloudWatch's periods is the limit's own maximum, so some period is always longer. */
export const retentionPeriod: Rule<number> = (days) => {
  if (logRetentionPeriodsDays.some((period) => period === days)) return undefined;
  const longer = logRetentionPeriodsDays.find((period) => period > days);
  const advice = longer === undefined ? "" : `. Take ${longer}, the next longer one`;
  return `must be a period that CloudWatch Logs knows (${logRetentionPeriodsDays.join(", ")} days), got ${days}${advice}`;
};

export function within(limit: Limit): Rule<number> {
  return (value) => outOfBounds(limit, value);
}

/** Problems of one component, gathered so that its user sees all of them at once. */
export class Problems {
  readonly #found: string[] = [];

  /** Checks a value that is known now; `path` is as the user typed it. */
  check<Value>(path: string, rule: Rule<Value>, value: Value): void {
    this.add(path, rule(value));
  }

  add(path: string, problem: string | undefined): void {
    if (problem) this.#found.push(`${path} ${problem}.`);
  }

  /** What is wrong so far. */
  get found(): readonly string[] {
    return this.#found;
  }

  /** Fails the deployment with all problems, attached to the component, if there are any. */
  refuse(component: pulumi.ComponentResource): void {
    if (this.#found.length > 0) {
      throw new pulumi.ResourceError(this.#found.join("\n"), component, true);
    }
  }
}

/** Returns the value that all rules admit, or fails the deployment with an error attached to the component. */
export function checked<Value>(
  component: pulumi.ComponentResource,
  path: string,
  rules: readonly Rule<Value>[],
  value: pulumi.Input<Value>,
): pulumi.Output<pulumi.Unwrap<Value>> {
  const check = (known: Value): Value => {
    const problems = new Problems();
    const problem = rules.map((rule) => rule(known)).find((found) => found !== undefined);
    problems.add(path, problem);
    problems.refuse(component);
    return known;
  };
  if (pulumi.Output.isInstance(value) || value instanceof Promise) {
    return pulumi.output(value).apply((known) => check(known as Value)) as pulumi.Output<
      pulumi.Unwrap<Value>
    >;
  }
  return pulumi.output(check(value as Value));
}

function pattern(form: RegExp, rule: string): Rule<string> {
  return (value) => (form.test(value) ? undefined : `must be ${rule}, got "${value}"`);
}
