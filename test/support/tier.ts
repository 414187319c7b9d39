import { describe } from "vitest";

/** What a tier's tool is, or why it cannot be had here. */
export type Availability<Tool> = { readonly tool: Tool } | { readonly missing: string };

/**
 * Describes tests that need a tool which not every machine has. Where it is missing they are
 * skipped and the reason is printed; they fail instead where the variable `REQUIRED_TIERS`, names
 * parted by commas, has the tier's name.
 */
export function describeTier<Tool>(
  name: string,
  title: string,
  available: Availability<Tool>,
  tests: (tool: Tool) => void,
): void {
  if ("tool" in available) {
    describe(title, () => tests(available.tool));
    return;
  }
  const required = (process.env.REQUIRED_TIERS ?? "").split(",").includes(name);
  if (required) throw new Error(`tier "${name}" is required, but ${available.missing}`);
  process.stderr.write(`skipped: ${title}: ${available.missing}\n`);
  describe.skip(`${title} (${available.missing})`, () => {});
}
