import type { PolicyResource, ReportViolation, StackValidationArgs } from "@pulumi/policy";
import { uncheckable } from "./known.js";

/** What a rule finds in a resource: a problem, or a property that it cannot check at preview. */
export type Finding = { readonly problem: string } | { readonly unknown: string };

/** Looks at a resource of one type, with the whole stack beside it. */
export type Look = (resource: PolicyResource, all: readonly PolicyResource[]) => readonly Finding[];

/** Reports the problems of each resource, and in the end what could not be checked in any. */
export function lookAtEach(
  { resources }: StackValidationArgs,
  lookAt: (resource: PolicyResource) => Look | undefined,
  report: ReportViolation,
): void {
  const unknown: string[] = [];
  for (const resource of resources) {
    for (const finding of lookAt(resource)?.(resource, resources) ?? []) {
      if ("problem" in finding) report(finding.problem, resource.urn);
      else unknown.push(`${resource.name}.${finding.unknown}`);
    }
  }
  uncheckable(...unknown);
}

export function problem(text: string): readonly Finding[] {
  return [{ problem: text }];
}

export function unknownAt(path: string): readonly Finding[] {
  return [{ unknown: path }];
}
