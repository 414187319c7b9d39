import { quotaIn } from "../../service-quotas.js";
import {
  actionIdText,
  type LaunchAction,
  launchActionReaders,
  wireLaunchAction,
} from "../launch-actions.js";
import { listOf, readMembers, readRequired, structure } from "../members.js";
import { type Declares, named } from "../named.js";
import { type Call, type Operation, postOperation, right } from "../operation.js";
import { ascending, page } from "../paging.js";
import { invalidField, overQuota, refusalAs } from "../refusal.js";
import { arnIn } from "../world.js";

const putLaunchAction = postOperation("PutLaunchAction", {
  rights: (call) => [right("drs:PutLaunchAction", [resourceArnOf(call)])],
  run(call) {
    const { body } = call;
    const actions = actionsOf(call, "both");
    const action = readRequired<LaunchAction, Exclude<keyof LaunchAction, "parameters">>(
      body,
      launchActionReaders,
      [
        "actionCode",
        "order",
        "actionId",
        "optional",
        "active",
        "name",
        "actionVersion",
        "category",
        "description",
      ],
    );
    if (!actions.has(action.actionId)) checkRoom(call, actions.size + 1);
    actions.set(action.actionId, action);
    return {
      status: 200,
      body: { resourceId: body.resourceId, ...wireLaunchAction(call.world, action) },
    };
  },
});

const listLaunchActions = postOperation("ListLaunchActions", {
  rights: (call) => [right("drs:ListLaunchActions", [resourceArnOf(call)])],
  run(call) {
    const { world, body } = call;
    const actions = actionsOf(call, "not-found");
    const { filters } = readMembers<Filter>(body, filter);
    const ids = filters?.actionIds ?? [];
    const placed = [...actions.values()]
      .filter(({ actionId }) => ids.length === 0 || ids.includes(actionId))
      .map((item) => ({ key: `${ascending(item.order)} ${item.actionId}`, item }));
    const { items, ...next } = page(world, body, placed);
    return {
      status: 200,
      body: { items: items.map((one) => wireLaunchAction(world, one)), ...next },
    };
  },
});

const deleteLaunchAction = postOperation("DeleteLaunchAction", {
  rights: (call) => [right("drs:DeleteLaunchAction", [resourceArnOf(call)])],
  run(call) {
    const { body } = call;
    const actions = actionsOf(call, "both");
    const { actionId } = readRequired<Pick<LaunchAction, "actionId">, "actionId">(
      body,
      { actionId: actionIdText },
      ["actionId"],
    );
    if (!actions.delete(actionId)) {
      const message = `Launch action ${actionId} does not exist`;
      throw refusalAs("ResourceNotFoundException", message, actionId, "AWS::DRS::LaunchAction");
    }
    return { status: 204 };
  },
});

/** What runs after the launch of a server, set for it or for the template of servers to come. */
export const launchActionOperations: readonly Operation[] = [
  putLaunchAction,
  listLaunchActions,
  deleteLaunchAction,
];

interface Filter {
  readonly filters: { readonly actionIds?: readonly string[] };
}

/** Source: API model, LaunchActionsRequestFilters. */
const filter = {
  filters: structure<{ readonly actionIds?: readonly string[] }>({
    actionIds: listOf(actionIdText, { max: 100 }),
  }),
};

/** Actions of the server or template that `resourceId` names. */
function actionsOf({ lane, body }: Call, declares: Declares): Map<string, LaunchAction> {
  const { resourceId } = body;
  const isServer = isServerId(resourceId);
  if (!isServer && !isTemplateId(resourceId) && declares !== "not-found") {
    const given = resourceId === undefined ? "" : `, got ${JSON.stringify(resourceId)}`;
    throw invalidField("resourceId", `must be the id of a server or a template${given}`);
  }
  if (isServer) {
    const byId = { sourceServerID: resourceId };
    return named(byId, "sourceServerID", declares, (id) => lane.servers.get(id)).settings.actions;
  }
  const byId = { launchConfigurationTemplateID: resourceId };
  return named(byId, "launchConfigurationTemplateID", declares, (id) =>
    lane.templates.launch.get(id),
  ).actions;
}

function checkRoom({ world, lane, body }: Call, wanted: number): void {
  const { launchActionsOverQuota } = world.switches;
  const limit = quotaIn("launchActionsPerResource", world.options.quotas?.(lane.lane));
  if (wanted <= limit) return;
  const refusal = overQuota("launchActionsPerResource", limit, wanted);
  const named = String(body.resourceId);
  throw refusalAs(launchActionsOverQuota, refusal.message, named, "AWS::DRS::LaunchAction");
}

function resourceArnOf({ lane, body }: Call): string {
  const id = String(body.resourceId);
  return arnIn(lane, `${isServerId(id) ? "source-server" : "launch-configuration-template"}/${id}`);
}

function isServerId(id: unknown): boolean {
  return typeof id === "string" && /^s-[0-9a-zA-Z]{17}$/.test(id);
}

function isTemplateId(id: unknown): boolean {
  return typeof id === "string" && /^lct-[0-9a-zA-Z]{17}$/.test(id);
}
