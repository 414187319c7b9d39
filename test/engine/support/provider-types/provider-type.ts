/** How the AWS provider's type differs from AWS's own description of it. */
export interface ProviderType {
  /** The type in AWS's registry of resource types; none where AWS has no such resource. */
  readonly registryType?: string;
  /** The provider's inputs for what AWS names otherwise; none for what the provider does not offer. */
  readonly inputs?: Readonly<Record<string, readonly string[]>>;
  /**
   * What replaces a resource of the provider beyond what the registry says. Source: `ForceNew` in the
   * resource schemas of hashicorp/terraform-provider-aws, from which Pulumi's provider is made.
   */
  readonly alsoReplacing?: readonly string[];
  /** Whether the provider gives it another name where it is. */
  readonly isRenamed?: boolean;
  /**
   * Inputs that the provider reads from AWS even where the program gave none, and would then take
   * away: in its schema they are optional and not computed.
   */
  readonly readBack?: readonly string[];
}
