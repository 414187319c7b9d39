/** An image in a private registry of ECR. */
export interface Image {
  readonly account: string;
  readonly region: string;
  readonly repository: string;
}

const form =
  /^(\d{12})\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?\/([a-z0-9][a-z0-9._/-]*)(?::[\w.-]+|@sha256:[0-9a-f]{64})$/;

/** Reads `<account>.dkr.ecr.<Region>.amazonaws.com/<repository>:<tag>`, or `@sha256:<digest>`. */
export function parseImage(image: string): Image | undefined {
  const [, account, region, repository] = form.exec(image) ?? [];
  if (account === undefined || region === undefined || repository === undefined) return undefined;
  return { account, region, repository };
}

/** Says how an image could not be pulled when only its own Region is left. */
export function imageProblem(image: string, region: string): string | undefined {
  if (parseImage(image)?.region === region) return undefined;
  return `must lie in a registry of "${region}", with tag or digest, such as 111122223333.dkr.ecr.${region}.amazonaws.com/orders:1, got "${image}". A registry elsewhere may be lost when it is needed`;
}
