export type { RequestContext } from "./conditions.js";
export {
  type Decision,
  decideIdentity,
  decideTrust,
  type IdentityQuestion,
  type TrustQuestion,
} from "./decide.js";
export { type PolicyDocument, UnsupportedPolicy } from "./document.js";
export { type PolicyKind, readPolicy } from "./read-policy.js";
export { type DeployedRole, rolesOf } from "./roles.js";
