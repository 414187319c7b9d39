import { credentials } from "@grpc/grpc-js";
import type { ConstructRequest, ConstructResponse } from "@pulumi/pulumi/proto/provider_pb.js";
import resourceRpc from "@pulumi/pulumi/proto/resource_grpc_pb.js";
import resourcePb, { type RegisterResourceResponse } from "@pulumi/pulumi/proto/resource_pb.js";
import { madeByPlugin } from "../../../runtime/rehearsal/program/plugin-components.js";
import { engineForm, plainForm, toWire } from "../../../runtime/rehearsal/program/wire.js";

/**
 * Registers components with the engine as their plugin would, but without children. What a preview
 * knows of a component's outputs depends on whether it is there already, so those that are are kept.
 */
export function constructing() {
  const there = new Set<string>();
  return (request: ConstructRequest, reply: ConstructResponse) => construct(there, request, reply);
}

async function construct(
  there: Set<string>,
  request: ConstructRequest,
  reply: ConstructResponse,
): Promise<void> {
  const inputs = engineForm(request.getInputs());
  const type = request.getType();
  const engine = new resourceRpc.ResourceMonitorClient(
    request.getMonitorendpoint(),
    credentials.createInsecure(),
  );
  const registration = new resourcePb.RegisterResourceRequest();
  registration.setType(type);
  registration.setName(request.getName());
  registration.setParent(request.getParent());
  registration.setObject(toWire(inputs));
  const registered = await called<RegisterResourceResponse>((done) =>
    engine.registerResource(registration, done),
  );
  const urn = registered.getUrn();
  const made = madeByPlugin({ type, urn, inputs: plainForm(inputs) });
  if (made === undefined) throw new Error(`type must be a component that is known, got "${type}"`);
  if (!request.getDryrun()) there.add(urn);
  const outputs = toWire(there.has(urn) ? made : {});
  const completion = new resourcePb.RegisterResourceOutputsRequest();
  completion.setUrn(urn);
  completion.setOutputs(outputs);
  await called((done) => engine.registerResourceOutputs(completion, done));
  engine.close();
  reply.setUrn(urn);
  reply.setState(outputs);
}

function called<Reply>(
  call: (done: (error: Error | null, reply: Reply) => void) => unknown,
): Promise<Reply> {
  return new Promise((resolve, reject) => {
    call((error, reply) => (error ? reject(error) : resolve(reply)));
  });
}
