import { flag, mapOf, oneOf, type Readers, structure, text, wholeNumber } from "./members.js";
import type { DrsSwitches } from "./switches.js";
import type { World } from "./world.js";

/** What runs on a recovery instance after its launch, as the API names it. */
export interface LaunchAction {
  readonly actionId: string;
  /** Name or ARN of an SSM document. */
  readonly actionCode: string;
  /** Smallest first. */
  readonly order: number;
  /** Whether the launch stands although this action failed. */
  readonly optional: boolean;
  readonly active: boolean;
  readonly name: string;
  readonly actionVersion: string;
  readonly category: string;
  readonly description: string;
  readonly parameters?: Readonly<Record<string, LaunchActionParameter>>;
}

interface LaunchActionParameter {
  readonly value?: string;
  readonly type?: string;
}

/** Source: API model, LaunchActionId. */
export const actionIdText = text({
  min: 1,
  max: 64,
  pattern: /^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$/,
});

/** Constraints of the API model. */
export const launchActionReaders: Readers<LaunchAction> = {
  actionId: actionIdText,
  actionCode: text({ min: 1, max: 1_011, pattern: /^([A-Za-z0-9-/:])+$/ }),
  order: wholeNumber(2, 10_000),
  optional: flag,
  active: flag,
  name: text({ min: 1, max: 256, pattern: /^[A-Za-z0-9][A-Za-z0-9 /_-]*$/ }),
  actionVersion: text({ min: 1, max: 10, pattern: /^(\$DEFAULT|\$LATEST|[0-9]+)$/ }),
  category: oneOf(["MONITORING", "VALIDATION", "CONFIGURATION", "SECURITY", "OTHER"]),
  description: text({ max: 1_024, pattern: /^[0-9a-zA-Z ():/.,'-_#*; ]*$/ }),
  parameters: mapOf(
    text({ min: 1, max: 1_011, pattern: /^([A-Za-z0-9])+$/ }),
    structure<LaunchActionParameter>({
      value: text({ min: 1, max: 1_011, pattern: /^[A-Za-z0-9.-]+$/ }),
      type: oneOf(["SSM_STORE", "DYNAMIC"]),
    }),
    20,
  ),
};

/** DRS finds the kind of a document in SSM, which is not emulated. */
export function wireLaunchAction({ switches }: World, action: LaunchAction): object {
  return { ...action, type: isCommand(switches, action) ? "SSM_COMMAND" : "SSM_AUTOMATION" };
}

export function isCommand(
  { commandDocuments }: Pick<DrsSwitches, "commandDocuments">,
  { actionCode }: Pick<LaunchAction, "actionCode">,
): boolean {
  return commandDocuments.includes(actionCode);
}
