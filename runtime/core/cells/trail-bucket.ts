/** What the buckets of an audit trail's records are called within their cell. */
export const trailBucketName = "audit";
