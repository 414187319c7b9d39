import { defaultTags, type Placement, placementOf, providerPlacement } from "./placement.js";
import { madeByPlugin } from "./plugin-components.js";
import type { ProgramRun, RegisteredResource } from "./registered.js";
import type { Properties } from "./sdk.js";
import { checkedInputs, madeByAws, type Order } from "./stand-in-aws.js";
import { invokeAnswer } from "./stand-in-invokes.js";
import { stackType, urnOf, urnOfProvider } from "./urn.js";
import { knownText, plainForm, unknownProperties, unknownValue } from "./wire.js";

export type ProgramMessage = ProgramRun["messages"][number];

/** How a program is run. */
export interface Deployment {
  readonly project: string;
  readonly stack: string;
  /** At preview computed outputs are unknown. */
  readonly preview: boolean;
  /** Where resources without a provider of their own live, as far as `aws:` configuration says. */
  readonly defaultPlacement: Placement;
  /** Outputs of other stacks, by the name that a StackReference has. */
  readonly stackOutputs: Readonly<Record<string, Properties>>;
  /** Packages that must not be used without an explicit provider; `*` is all. */
  readonly disabledDefaultProviders: readonly string[];
}

/** A resource as the program asks to register it. */
export interface Registration {
  readonly type: string;
  readonly name: string;
  readonly parent: string;
  readonly provider: string;
  readonly custom: boolean;
  readonly remote: boolean;
  readonly protect: boolean;
  readonly ignoreChanges: readonly string[];
  readonly dependencies: readonly string[];
  readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
  readonly inputs: Properties;
}

/** What the program is told about a resource that it registered. */
export interface Registered {
  readonly urn: string;
  readonly id: string;
  readonly outputs: Properties;
  /** Outputs that are not among these would be computed by AWS, but not by its stand-in. */
  readonly hasUnknownOutputs: boolean;
}

const stackReferenceType = "pulumi:pulumi:StackReference";
/** Types of providers begin so. */
export const providerPrefix = "pulumi:providers:";

/** What a program has registered so far: refuses what Pulumi's engine refuses, and answers in the place of AWS. */
export class Estate {
  readonly #deployment: Deployment;
  readonly #resources = new Map<string, RegisteredResource>();
  readonly #messages: ProgramMessage[] = [];

  constructor(deployment: Deployment) {
    this.#deployment = deployment;
  }

  /** The stack first, then by URN: registrations arrive in an order that may differ from run to run. */
  get resources(): readonly RegisteredResource[] {
    return [...this.#resources.values()].sort(stackFirst);
  }

  get messages(): readonly ProgramMessage[] {
    return this.#messages;
  }

  tell(severity: ProgramMessage["severity"], text: string, urn?: string): void {
    this.#messages.push({ severity, text, ...(urn ? { urn } : {}) });
  }

  /** Registers a resource. Throws, having told why, when the engine would refuse it. */
  register(registration: Registration): Registered {
    const urn = this.#urnOf(registration);
    this.#refuse(this.#problemOf(registration, urn), urn);
    if (registration.remote) this.#tellOfRemote(registration, urn);
    if (!this.#deployment.preview) this.#tellOfUnknowns(registration, urn);
    const order = this.#orderOf(registration, urn);
    const made = this.#make(registration, order);
    this.#resources.set(urn, {
      ...described(registration, urn),
      ...order.placement,
      protect: registration.protect,
      ignoreChanges: registration.ignoreChanges,
      propertyDependencies: registration.propertyDependencies,
      inputs: plainForm(order.inputs),
      outputs: plainForm(made.outputs),
      id: made.id,
    });
    return { urn, ...made };
  }

  /**
   * Reads a resource that the program does not make. Of another stack the outputs are known that
   * were given; of anything else nothing but its id.
   */
  read(resource: Registration, id: string): Registered {
    const urn = this.#urnOf(resource);
    if (resource.type === stackReferenceType) return this.#readStack(resource, urn, id);
    const { placement } = this.#orderOf(resource, urn);
    this.tell(
      "warning",
      `"${resource.name}" (${resource.type}) is read, not made, and nobody answers for it here. ` +
        "Its outputs are undefined; pass what is needed of it as configuration.",
      urn,
    );
    const inputs = plainForm(resource.inputs);
    const known = { ...described(resource, urn), ...placement, inputs, outputs: inputs, id };
    this.#resources.set(urn, { ...known, protect: false, ignoreChanges: [], external: true });
    return { urn, id, outputs: resource.inputs, hasUnknownOutputs: true };
  }

  #readStack(reference: Registration, urn: string, id: string): Registered {
    const stack = knownText(reference.inputs.name) ?? id;
    const outputs = this.#deployment.stackOutputs[stack];
    if (outputs === undefined) this.#refuse(unansweredStack(stack), urn);
    const state = { name: stack, outputs: outputs ?? {}, secretOutputNames: [] };
    const inputs = plainForm(reference.inputs);
    const known = { ...described(reference, urn), inputs, outputs: state, id };
    this.#resources.set(urn, { ...known, protect: false, ignoreChanges: [], external: true });
    return { urn, id, outputs: state, hasUnknownOutputs: false };
  }

  /** Keeps the outputs that a component, or the stack, registered for itself. */
  complete(urn: string, outputs: Properties): void {
    const resource = this.#resources.get(urn);
    if (resource === undefined) return;
    if (!this.#deployment.preview) this.#tellOfUnknownOutputs(urn, outputs);
    this.#resources.set(urn, { ...resource, outputs: plainForm(outputs) });
  }

  /** Answers an invoke. Throws for one that nobody can answer here. */
  invoke(token: string, args: Properties, provider: string): Properties {
    return invokeAnswer(token, plainForm(args), this.#placementOfProvider(provider));
  }

  #urnOf(identity: Registration): string {
    const { stack, project } = this.#deployment;
    return urnOf(stack, project, identity);
  }

  #problemOf({ type, custom, provider }: Registration, urn: string): string | undefined {
    if (this.#resources.has(urn)) {
      return `Duplicate resource URN '${urn}'; try giving it a unique name.`;
    }
    const [packageName = ""] = type.split(":");
    const needsProvider = custom && !type.startsWith("pulumi:") && provider === "";
    const { disabledDefaultProviders: disabled } = this.#deployment;
    if (needsProvider && (disabled.includes("*") || disabled.includes(packageName))) {
      return `Default provider for '${packageName}' disabled. '${type}' must use an explicit provider.`;
    }
    return undefined;
  }

  #refuse(problem: string | undefined, urn: string): void {
    if (problem === undefined) return;
    this.tell("error", problem, urn);
    throw new Error(problem);
  }

  #tellOfRemote({ name, type, inputs }: Registration, urn: string): void {
    if (madeByPlugin({ type, urn, inputs })) return;
    this.tell(
      "warning",
      `"${name}" (${type}) is a remote component: its children are made by a plugin, which does ` +
        "not run here, so they are missing.",
      urn,
    );
  }

  #tellOfUnknowns({ name, inputs, propertyDependencies }: Registration, urn: string): void {
    for (const input of unknownProperties(inputs)) {
      const from = (propertyDependencies[input] ?? []).map((dependency) => `"${dependency}"`);
      const source = from.length > 0 ? ` of ${from.join(" or ")}` : "";
      this.tell(
        "warning",
        `"${name}": input "${input}" needs an output${source} that the stand-in for AWS cannot ` +
          "compute. It stays unknown here.",
        urn,
      );
    }
  }

  #tellOfUnknownOutputs(urn: string, outputs: Properties): void {
    for (const output of unknownProperties(outputs)) {
      this.tell(
        "warning",
        `output "${output}" needs an output of a resource that the stand-in for AWS cannot ` +
          "compute. It stays unknown here.",
        urn,
      );
    }
  }

  #orderOf(registration: Registration, urn: string): Order {
    const { type, name, inputs, provider } = registration;
    const isAws = type.startsWith("aws:");
    const placement = isAws ? placementOf(inputs, this.#placementOfProvider(provider)) : {};
    const providerInputs = this.#resources.get(urnOfProvider(provider))?.inputs ?? {};
    const order = { type, urn, name, inputs, placement, defaultTags: defaultTags(providerInputs) };
    return { ...order, inputs: isAws ? checkedInputs(order) : inputs };
  }

  #make({ type, name, custom, remote }: Registration, order: Order): Omit<Registered, "urn"> {
    const { preview } = this.#deployment;
    if (remote) return { id: "", outputs: this.#madeByPlugin(order), hasUnknownOutputs: true };
    if (!custom) return { id: "", outputs: {}, hasUnknownOutputs: false };
    if (type.startsWith(providerPrefix)) {
      const id = preview ? unknownValue : `${name}-id`;
      return { id, outputs: order.inputs, hasUnknownOutputs: false };
    }
    if (preview) return { id: "", outputs: order.inputs, hasUnknownOutputs: true };
    const { id, outputs } = madeByAws({ ...order, inputs: plainForm(order.inputs) });
    return { id, outputs: { ...outputs, ...order.inputs }, hasUnknownOutputs: true };
  }

  #madeByPlugin({ inputs, ...order }: Order): Properties {
    if (this.#deployment.preview) return {};
    return madeByPlugin({ ...order, inputs: plainForm(inputs) }) ?? {};
  }

  #placementOfProvider(reference: string): Placement {
    const provider = this.#resources.get(urnOfProvider(reference));
    if (provider !== undefined) return providerPlacement(provider.inputs);
    return this.#deployment.defaultPlacement;
  }
}

function unansweredStack(stack: string): string {
  return (
    `outputs of stack ${JSON.stringify(stack)} must be given, got none. Write them with "pulumi stack ` +
    `output --json --stack ${stack} > outputs.json" and add --stack-outputs ${stack}=outputs.json.`
  );
}

function stackFirst(one: RegisteredResource, other: RegisteredResource): number {
  const stacks = Number(other.type === stackType) - Number(one.type === stackType);
  return stacks || Number(one.urn > other.urn) - Number(one.urn < other.urn);
}

function described(
  { type, name, parent, provider, custom, dependencies }: Registration,
  urn: string,
) {
  return {
    urn,
    type,
    name,
    ...(parent ? { parent } : {}),
    ...(provider ? { provider } : {}),
    custom,
    dependencies,
  };
}
