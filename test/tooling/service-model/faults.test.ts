import { describe, expect, it } from "vitest";
import type { ServiceReply } from "../../../runtime/rehearsal/services/service.js";
import { answered, asked, found, patternOf, refused } from "./messages.js";

const sourceServerID = "s-00000000000000001";
const jobID = "drsjob-00000000000000001";
const job = {
  jobID,
  status: "PENDING",
  creationDateTime: "2026-01-24T02:00:00.000000Z",
  participatingServers: [{ sourceServerID, launchStatus: "PENDING" }],
};
const start = asked("StartRecovery", { sourceServers: [{ sourceServerID }] });
const describeServers = asked("DescribeSourceServers", {});
const deleteJob = asked("DeleteJob", { jobID });

const dateTime = patternOf("ISO8601DatetimeString");

describe("the walk finds nothing", () => {
  it("in replies that hold to the model", () => {
    expect(found(start, answered(202, { job }))).toEqual([]);
    expect(found(start, refused(409, "ConflictException", { code: "ConflictException" }))).toEqual(
      [],
    );
    expect(found(deleteJob, { ...answered(204, ""), body: "" })).toEqual([]);
  });

  it("in calls of no modelled operation", () => {
    expect(found(asked("LaunchMissiles", {}), answered(200, { job }))).toEqual([]);
  });
});

describe("the walk finds, of a job in a reply", () => {
  const faults: readonly (readonly [fault: string, members: object, told: string])[] = [
    [
      "a value of no enum",
      { status: "PENDNG" },
      'status must be one of PENDING, STARTED, COMPLETED, got "PENDNG" (enum of JobStatus).',
    ],
    [
      "a member that its shape has not",
      { jobId: jobID },
      `jobId must be a member of its shape, got "${jobID}" (unknown-member of Job).`,
    ],
    [
      "a required member left out",
      { jobID: undefined },
      "jobID must be given, got nothing (required-member of Job).",
    ],
    [
      "a null for what is absent",
      { endDateTime: null },
      "endDateTime must be a string, got null (type of ISO8601DatetimeString).",
    ],
    [
      "text for a list",
      { participatingServers: "none" },
      'participatingServers must be a list, got "none" (type of ParticipatingServers).',
    ],
    [
      "an id of another kind",
      { participatingServers: [{ sourceServerID: "S-00000000000000001" }] },
      'participatingServers[0].sourceServerID must match s-[0-9a-zA-Z]{17}, got "S-00000000000000001" (pattern of SourceServerID).',
    ],
    [
      "an ARN that is too short",
      { arn: "arn:aws:drs:eu::" },
      `arn must match ${patternOf("ARN")}, got "arn:aws:drs:eu::" (pattern of ARN).`,
    ],
    [
      "a timestamp of another zone than UTC",
      { creationDateTime: "2026-01-24T02:00:00+01:00" },
      `creationDateTime must match ${dateTime}, got "2026-01-24T02:00:00+01:00" (pattern of ISO8601DatetimeString).`,
    ],
    [
      "a tag whose value is no text",
      { tags: { app: 1 } },
      "tags.app must be a string, got 1 (type of TagValue).",
    ],
    [
      "a union with two members",
      { participatingResources: [{ participatingResourceID: {} }] },
      "participatingResources[0].participatingResourceID must have exactly one member, got {} (union of ParticipatingResourceID).",
    ],
  ];

  it.each(faults)("%s", (_fault, members, told) => {
    const reply = answered(202, { job: { ...job, ...members } });
    expect(found(start, reply)).toContain(`StartRecovery reply: job.${told}`);
  });

  it("text for a number, and a broken number", () => {
    const disks = [
      { totalStorageBytes: "8" },
      { totalStorageBytes: 0.5 },
      { totalStorageBytes: -1 },
    ];
    const items = [{ dataReplicationInfo: { replicatedDisks: disks } }];
    const disk = (index: number): string =>
      `DescribeSourceServers reply: items[0].dataReplicationInfo.replicatedDisks[${index}].totalStorageBytes`;
    expect(found(describeServers, answered(200, { items }))).toEqual([
      `${disk(0)} must be a number, got "8" (type of PositiveInteger).`,
      `${disk(1)} must be a whole number, got 0.5 (type of PositiveInteger).`,
      `${disk(2)} must be at least 0, got -1 (range of PositiveInteger).`,
    ]);
  });
});

describe("the walk finds, around the body of a reply", () => {
  const declared =
    "InternalServerException, ConflictException, ServiceQuotaExceededException, ThrottlingException, UninitializedAccountException";
  const faults: readonly (readonly [fault: string, reply: ServiceReply, told: string])[] = [
    ["200 for 202", answered(200, { job }), "status must be 202, got 200 (status)."],
    [
      "another content type",
      answered(202, { job }, { "content-type": "text/html" }),
      'content-type must match ^application\\/json$, got "text/html" (content-type).',
    ],
    [
      "no JSON",
      { ...answered(202, {}), body: "<html>" },
      'the message must have a body of JSON, got "<html>" (body).',
    ],
    [
      "an error that the operation does not declare",
      refused(402, "PaymentRequiredException"),
      `the message must declare it, as ${declared}, got "PaymentRequiredException" (undeclared-error).`,
    ],
    [
      "an error with another error's status",
      refused(400, "ServiceQuotaExceededException"),
      "status must be 402, got 400 (status of ServiceQuotaExceededException).",
    ],
    [
      "an error without its header",
      refused(
        409,
        "",
        { __type: "ConflictException" },
        { "x-amzn-errortype": "com.amazonaws.drs#ConflictException" },
      ),
      'x-amzn-errortype must be ConflictException, got "com.amazonaws.drs#ConflictException" (error-header).',
    ],
    [
      "an error with a member of another error",
      refused(409, "ConflictException", { quotaCode: "L-1" }),
      'quotaCode must be a member of its shape, got "L-1" (unknown-member of ConflictException).',
    ],
    [
      "an error without its message",
      refused(429, "ThrottlingException", { message: undefined }),
      "message must be given, got nothing (required-member of ThrottlingException).",
    ],
    [
      "a time to retry that is no number",
      refused(500, "InternalServerException", {}, { "retry-after": "soon" }),
      "Retry-After must be a number, got null (type of PositiveInteger).",
    ],
    [
      "an operation that is not emulated",
      refused(501, "NotEmulated"),
      'the message must call an operation that is emulated, got "StartRecovery" (not-emulated).',
    ],
  ];

  it.each(faults)("%s", (_fault, reply, told) => {
    expect(found(start, reply)).toContain(`StartRecovery reply: ${told}`);
  });

  it("a body where the operation has none", () => {
    expect(found(deleteJob, answered(204, { jobID }))).toEqual([
      `DeleteJob reply: the message must have no body, got ${JSON.stringify(JSON.stringify({ jobID }))} (body).`,
    ]);
  });
});

describe("the walk finds, of a request", () => {
  const told = (body: object | string): readonly string[] =>
    found(asked("StartRecovery", body), refused(409, "ConflictException"));

  it("a required member left out", () => {
    expect(told({ sourceServers: [{}] })).toEqual([
      "StartRecovery request: sourceServers[0].sourceServerID must be given, got nothing (required-member of StartRecoveryRequestSourceServer).",
    ]);
  });

  it("more members than a list may have", () => {
    const sourceServers = Array.from({ length: 201 }, () => ({ sourceServerID }));
    expect(told({ sourceServers })).toEqual([
      expect.stringMatching(
        /^StartRecovery request: sourceServers must have 1 to 200 members, got/,
      ),
    ]);
  });

  it("a body that is no JSON", () => {
    expect(told("<xml/>")).toEqual([
      'StartRecovery request: the message must be JSON, got "<xml/>" (body).',
    ]);
  });

  it("members in the path and in the query", () => {
    const tags = { ...asked("", ""), method: "DELETE", path: "/tags/arn%3Aaws" };
    expect(found(tags, answered(200, {}))).toEqual([
      `UntagResource request: resourceArn must match ${patternOf("ARN")}, got "arn:aws" (pattern of ARN).`,
      'UntagResource request: resourceArn must be 20 to 2048 characters long, got "arn:aws" (length of ARN).',
      "UntagResource request: tagKeys must be given, got nothing (required-member of UntagResourceRequest).",
    ]);
    const query = new URLSearchParams({ maxResults: "51" });
    const list = { ...asked("ListStagingAccounts", ""), method: "GET", query };
    expect(found(list, answered(200, { accounts: [] }))).toEqual([
      "ListStagingAccounts request: maxResults must be 1 to 50, got 51 (range of ListStagingAccountsRequestMaxResultsInteger).",
    ]);
  });
});
