import { describe, expect, it } from "vitest";
import type { ServiceReply } from "../../../runtime/rehearsal/services/service.js";
import { foundInXml } from "./messages.js";

const headers = { "content-type": "text/xml" };
const publish = "Action=Publish&Version=2010-03-31&TopicArn=t&Message=m";
const namespace = "http://sns.amazonaws.com/doc/2010-03-31/";
const id = "<ResponseMetadata><RequestId>1</RequestId></ResponseMetadata>";

function published(result: string, rest = id, xmlns = namespace): ServiceReply {
  const body = `<PublishResponse xmlns="${xmlns}">${result}${rest}</PublishResponse>`;
  return { status: 200, headers, body };
}

function refused(status: number, members: string, rest = "<RequestId>1</RequestId>"): ServiceReply {
  const body = `<ErrorResponse><Error>${members}</Error>${rest}</ErrorResponse>`;
  return { status, headers, body };
}

const whole = "<PublishResult><MessageId>a &amp; b</MessageId></PublishResult>";
const notFound = "<Type>Sender</Type><Code>NotFound</Code><Message>no</Message>";

describe("the walk of replies in XML", () => {
  it("finds nothing in those that hold to the model", () => {
    expect(foundInXml("sns", publish, published(whole))).toEqual([]);
    expect(foundInXml("sns", publish, refused(404, notFound))).toEqual([]);
    const caller =
      '<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">' +
      `<GetCallerIdentityResult><UserId>u</UserId></GetCallerIdentityResult>${id}` +
      "</GetCallerIdentityResponse>";
    const reply = { status: 200, headers, body: caller };
    expect(foundInXml("sts", "Action=GetCallerIdentity", reply)).toEqual([]);
  });

  it.each<[fault: string, reply: ServiceReply, told: string]>([
    [
      "a member that its shape has not",
      published("<PublishResult><Id>1</Id></PublishResult>"),
      'Id must be a member of its shape, got "1" (unknown-member of PublishResponse).',
    ],
    [
      "a member that comes twice",
      published("<PublishResult><MessageId>1</MessageId><MessageId>2</MessageId></PublishResult>"),
      'MessageId must be a string, got ["1","2"] (type of messageId).',
    ],
    [
      "no result",
      published(""),
      'PublishResult must be the one result, got {"ResponseMetadata":{"RequestId":"1"}} (body).',
    ],
    [
      "no id of the request",
      published(whole, ""),
      "the message must carry the id of its request, got nothing (request-id).",
    ],
    [
      "another namespace",
      published(whole, id, "urn:other"),
      `the message must be ${namespace}, got "urn:other" (namespace).`,
    ],
    [
      "an element that does not end",
      { status: 200, headers, body: "<PublishResponse><PublishResult>" },
      'the message must have a body of XML (XML must be well-formed, got "" at 32.), got "<PublishResponse><PublishResult>" (body).',
    ],
    [
      "an ampersand that stands alone",
      published("<PublishResult><MessageId>a & b</MessageId></PublishResult>"),
      'the message must have a body of XML ("&" must be an entity of XML.)',
    ],
    [
      "an error that nobody declares",
      refused(400, "<Type>Sender</Type><Code>Nonsense</Code><Message>no</Message>"),
      "the message must declare it, as InvalidParameter, ",
    ],
    [
      "an error with another error's status",
      refused(400, notFound),
      "status must be 404, got 400 (status of NotFoundException).",
    ],
    [
      "an error that blames the service",
      refused(404, notFound.replace("Sender", "Receiver")),
      'Type must be Sender, got "Receiver" (enum).',
    ],
    [
      "an error without its message",
      refused(404, "<Type>Sender</Type><Code>NotFound</Code>"),
      "Message must be given, got nothing (required-member).",
    ],
    [
      "an error without the id of its request",
      refused(404, notFound, ""),
      "the message must carry the id of its request, got nothing (request-id).",
    ],
  ])("finds %s", (_fault, reply, told) => {
    expect(foundInXml("sns", publish, reply).join("\n")).toContain(`Publish reply: ${told}`);
  });

  it("finds the one wrong field of a form, in a list too", () => {
    const assume =
      "Action=AssumeRole&RoleSessionName=s1&RoleArn=arn:aws:iam::111122223333:role/operator";
    const body =
      '<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">' +
      `<AssumeRoleResult></AssumeRoleResult>${id}</AssumeRoleResponse>`;
    const found = (more: string) =>
      foundInXml("sts", assume + more, { status: 200, headers, body });
    expect(found("&DurationSeconds=900&Tags.member.1.Key=a&Tags.member.1.Value=b")).toEqual([]);
    expect(found("&DurationSeconds=9")).toEqual([
      "AssumeRole request: DurationSeconds must be 900 to 43200, got 9 (range of roleDurationSecondsType).",
    ]);
    expect(found("&Tags.member.1.Key=a")).toEqual([
      "AssumeRole request: Tags[0].Value must be given, got nothing (required-member of Tag).",
    ]);
    expect(found("&Duration=9")).toEqual([
      'AssumeRole request: Duration must be a member of its shape, got "9" (unknown-member of AssumeRoleRequest).',
    ]);
  });
});
