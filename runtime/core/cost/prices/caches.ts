import type { Price } from "./price.js";
import { sources } from "./sources.js";

/** Redis nodes, dollars an hour in N. Virginia. */
const virginia: Readonly<Record<string, number>> = {
  "cache.t4g.micro": 0.016,
  "cache.t4g.small": 0.032,
  "cache.t4g.medium": 0.065,
  "cache.m6g.large": 0.149,
  "cache.m6g.xlarge": 0.297,
  "cache.m6g.2xlarge": 0.593,
  "cache.m6g.4xlarge": 1.186,
  "cache.m6g.8xlarge": 2.372,
  "cache.m7g.large": 0.158,
  "cache.m7g.xlarge": 0.315,
  "cache.m7g.2xlarge": 0.629,
  "cache.m7g.4xlarge": 1.257,
  "cache.m7g.8xlarge": 2.514,
  "cache.r6g.large": 0.206,
  "cache.r6g.xlarge": 0.411,
  "cache.r6g.2xlarge": 0.821,
  "cache.r6g.4xlarge": 1.642,
  "cache.r6g.8xlarge": 3.284,
  "cache.r6g.12xlarge": 4.925,
  "cache.r6g.16xlarge": 6.567,
  "cache.r7g.large": 0.219,
  "cache.r7g.xlarge": 0.437,
  "cache.r7g.2xlarge": 0.873,
  "cache.r7g.4xlarge": 1.745,
  "cache.r7g.8xlarge": 3.491,
  "cache.r7g.12xlarge": 5.235,
  "cache.r7g.16xlarge": 6.981,
};

/** Redis nodes, dollars an hour in Ireland, and in Frankfurt where that is known. */
const europe: Readonly<Record<string, readonly [number, number?]>> = {
  "cache.t4g.micro": [0.017, 0.018],
  "cache.t4g.small": [0.034, 0.036],
  "cache.t4g.medium": [0.068, 0.072],
  "cache.m6g.large": [0.164, 0.177],
  "cache.m6g.xlarge": [0.327, 0.354],
  "cache.m6g.8xlarge": [2.615, 2.828],
  "cache.r6g.large": [0.229, 0.247],
  "cache.r6g.xlarge": [0.458, 0.494],
  "cache.r6g.2xlarge": [0.916, 0.988],
  "cache.r6g.4xlarge": [1.832, 1.976],
  "cache.r6g.8xlarge": [3.664, 3.952],
  "cache.r6g.12xlarge": [5.495, 5.928],
  "cache.r6g.16xlarge": [7.327, 7.904],
  "cache.r7g.large": [0.243],
};

/** Valkey asks four fifths of what Redis asks, for every node and in every Region. */
const valkeyShare = 0.8;

/** One node of a cache by its engine and type; nothing where the table does not hold it. */
export function cacheNode(engine: string, nodeType: string): Price | undefined {
  const virginian = virginia[nodeType];
  const share = { redis: 1, valkey: valkeyShare }[engine];
  if (virginian === undefined || share === undefined) return undefined;
  const [ireland, frankfurt] = europe[nodeType] ?? [];
  return {
    dollars: {
      "us-east-1": virginian * share,
      ...(ireland !== undefined && { "eu-west-1": ireland * share }),
      ...(frankfurt !== undefined && { "eu-central-1": frankfurt * share }),
    },
    per: "hour",
    source: ireland === undefined ? sources.cachesVirginia : sources.caches,
  };
}
