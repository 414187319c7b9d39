import analyzerPb, {
  type AnalyzeRequest,
  type AnalyzerInfo,
  type AnalyzerProviderResource,
  type AnalyzerResource,
  type AnalyzeStackRequest,
  type ConfigureAnalyzerRequest,
  type PolicyInfo,
} from "@pulumi/pulumi/proto/analyzer_pb.js";
import type { RegisteredResource } from "./registered.js";
import type { Properties } from "./sdk.js";
import { urnOfProvider } from "./urn.js";
import { toWire } from "./wire.js";

export type EnforcementLevel = "advisory" | "mandatory" | "disabled" | "remediate";

/** The content of a `--policy-pack-config` file: a level or settings for each policy, or for `all`. */
export type PackConfig = Readonly<Record<string, EnforcementLevel | Properties>>;

/** Resources of a run by URN, so that providers are found. */
export type ResourcesByUrn = ReadonlyMap<string, RegisteredResource>;

const levels = analyzerPb.EnforcementLevel;

/** The level under which each policy runs. */
export function levelsOf(
  info: AnalyzerInfo,
  config: PackConfig,
): ReadonlyMap<string, EnforcementLevel> {
  return new Map(
    info.getPoliciesList().map((policy) => [policy.getName(), levelOf(policy, config)]),
  );
}

/** Settings for a pack. Pulumi's engine fills in the defaults of a policy's schema, so they are filled in here. */
export function configuration(info: AnalyzerInfo, config: PackConfig): ConfigureAnalyzerRequest {
  const request = new analyzerPb.ConfigureAnalyzerRequest();
  for (const policy of info.getPoliciesList()) {
    const { enforcementLevel: _level, ...settings } = settingsOf(config[policy.getName()]);
    const policyConfig = new analyzerPb.PolicyConfig();
    policyConfig.setEnforcementlevel(levels[wireLevel(levelOf(policy, config))]);
    policyConfig.setProperties(toWire({ ...schemaDefaults(policy), ...settings }));
    request.getPolicyconfigMap().set(policy.getName(), policyConfig);
  }
  return request;
}

/** A resource before the operation: its inputs. */
export function resourceRequest(
  resource: RegisteredResource,
  inputs: Properties,
  all: ResourcesByUrn,
): AnalyzeRequest {
  return filled(new analyzerPb.AnalyzeRequest(), resource, inputs, all);
}

/** The whole stack after the operation: outputs of all resources. */
export function stackRequest(
  resources: readonly RegisteredResource[],
  all: ResourcesByUrn,
): AnalyzeStackRequest {
  const request = new analyzerPb.AnalyzeStackRequest();
  request.setResourcesList(resources.map((resource) => stackResource(resource, all)));
  return request;
}

function stackResource(resource: RegisteredResource, all: ResourcesByUrn): AnalyzerResource {
  const shown = filled(new analyzerPb.AnalyzerResource(), resource, resource.outputs, all);
  shown.setParent(resource.parent ?? "");
  shown.setDependenciesList([...resource.dependencies]);
  for (const [input, urns] of Object.entries(resource.propertyDependencies ?? {})) {
    const dependencies = new analyzerPb.AnalyzerPropertyDependencies();
    dependencies.setUrnsList([...urns]);
    shown.getPropertydependenciesMap().set(input, dependencies);
  }
  return shown;
}

function filled<Request extends AnalyzeRequest | AnalyzerResource>(
  request: Request,
  resource: RegisteredResource,
  properties: Properties,
  all: ResourcesByUrn,
): Request {
  const options = new analyzerPb.AnalyzerResourceOptions();
  options.setProtect(resource.protect);
  options.setParent(resource.parent ?? "");
  options.setIgnorechangesList([...resource.ignoreChanges]);
  options.setCustomtimeouts(new analyzerPb.AnalyzerResourceOptions.CustomTimeouts());
  request.setUrn(resource.urn);
  request.setType(resource.type);
  request.setName(resource.name);
  request.setProperties(toWire(properties));
  request.setOptions(options);
  const provider = all.get(urnOfProvider(resource.provider ?? ""));
  if (provider) request.setProvider(providerResource(provider));
  return request;
}

function providerResource({
  urn,
  type,
  name,
  inputs,
}: RegisteredResource): AnalyzerProviderResource {
  const provider = new analyzerPb.AnalyzerProviderResource();
  provider.setUrn(urn);
  provider.setType(type);
  provider.setName(name);
  provider.setProperties(toWire(inputs));
  return provider;
}

function levelOf(policy: PolicyInfo, config: PackConfig): EnforcementLevel {
  const own = settingsOf(config[policy.getName()]).enforcementLevel;
  const all = settingsOf(config.all).enforcementLevel;
  return own ?? all ?? declaredLevel(policy);
}

function declaredLevel(policy: PolicyInfo): EnforcementLevel {
  const value = policy.getEnforcementlevel();
  const names: readonly EnforcementLevel[] = ["advisory", "mandatory", "disabled", "remediate"];
  return names.find((name) => levels[wireLevel(name)] === value) ?? "advisory";
}

type Settings = Properties & { readonly enforcementLevel?: EnforcementLevel };

function settingsOf(given: EnforcementLevel | Properties | undefined): Settings {
  return typeof given === "string" ? { enforcementLevel: given } : (given ?? {});
}

function schemaDefaults(policy: PolicyInfo): Properties {
  const schema = policy.getConfigschema()?.getProperties()?.toJavaScript() ?? {};
  const withDefault = Object.entries(schema).filter(
    ([, property]) => "default" in Object(property),
  );
  return Object.fromEntries(withDefault.map(([key, property]) => [key, Object(property).default]));
}

function wireLevel(level: EnforcementLevel) {
  return level.toUpperCase() as Uppercase<EnforcementLevel>;
}
