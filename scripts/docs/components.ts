import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import ts from "typescript";
import { code, markdownTable } from "./markdown.js";

/** A public argument, field or method, as its own docstring describes it. */
export interface DocumentedMember {
  readonly name: string;
  readonly type: string;
  readonly isOptional: boolean;
  readonly text: string;
  readonly unit?: string;
  readonly defaultValue?: string;
}

/** A component as its source describes it. */
export interface DocumentedComponent {
  readonly name: string;
  readonly file: string;
  readonly token: string;
  readonly text: string;
  readonly args: readonly DocumentedMember[];
  readonly outputs: readonly DocumentedMember[];
}

/** A part of an argument that has fields of its own. */
export type DocumentedRecord = Pick<DocumentedComponent, "name" | "args">;

/** Reads every exported declaration that an argument is made of: `…Declaration`. */
export function readRecords(root: string): readonly DocumentedRecord[] {
  return sourcesOf(root).flatMap((file) =>
    [...interfacesOf(sourceOf(root, file))]
      .filter(([name]) => name.endsWith("Declaration"))
      .map(([name, { members }]) => ({ name, args: membersOf(members) })),
  );
}

/** Reads every exported component of `components/` and its folders, by name. */
export function readComponents(root: string): readonly DocumentedComponent[] {
  const found = sourcesOf(root).flatMap((file) => componentsOf(root, file));
  return found.sort((a, b) => a.name.localeCompare(b.name));
}

/** One line a component: what it is, and the token by which state and policies know it. */
export function componentsTable(components: readonly DocumentedComponent[]): string {
  const byConcern = components.toSorted((a, b) => a.token.localeCompare(b.token));
  const rows = byConcern.map(({ name, file, token, text }) => [
    `[${code(name)}](docs/components/${basename(file, ".ts")}.md)`,
    code(token),
    `${text.split(". ")[0]?.replace(/\.$/, "")}.`,
  ]);
  return markdownTable(["component", "type token", "what it is"], rows);
}

export function argumentsTable({ args }: DocumentedRecord): string {
  const rows = args.map(({ name, type, isOptional, text, unit, defaultValue }) => [
    code(name),
    code(type),
    isOptional ? (defaultValue ?? "") : "required",
    unit === undefined ? text : `${text} Unit: ${unit}.`,
  ]);
  return markdownTable(["argument", "type", "default", "what it says"], rows);
}

export function outputsTable({ outputs }: DocumentedComponent): string {
  const rows = outputs.map(({ name, type, text }) => [code(name), code(type), text]);
  return markdownTable(["field", "type", "what it holds"], rows);
}

function componentsOf(root: string, file: string): DocumentedComponent[] {
  const source = sourceOf(root, file);
  const interfaces = interfacesOf(source);
  return source.statements
    .filter(ts.isClassDeclaration)
    .filter((one) => one.heritageClauses?.[0]?.getText().endsWith("ComponentResource") ?? false)
    .map((one) => {
      const name = one.name?.text ?? "";
      return {
        name,
        file,
        token: /super\(\s*"([^"]+)"/.exec(one.getText())?.[1] ?? "",
        text: docOf(one).text,
        args: membersOf(interfaces.get(`${name}Args`)?.members ?? []),
        outputs: membersOf(one.members.filter(isPublicField)),
      };
    });
}

function sourcesOf(root: string): readonly string[] {
  const files = readdirSync(join(root, "components"), { encoding: "utf8", recursive: true });
  return files.filter((file) => file.endsWith(".ts")).map((file) => `components/${file}`);
}

function sourceOf(root: string, file: string): ts.SourceFile {
  const text = readFileSync(join(root, file), "utf8");
  return ts.createSourceFile(file, text, ts.ScriptTarget.ES2023, true);
}

function interfacesOf({ statements }: ts.SourceFile) {
  const interfaces = statements.filter(ts.isInterfaceDeclaration);
  return new Map(interfaces.map((one) => [one.name.text, one]));
}

function isPublicField(member: ts.ClassElement): boolean {
  return ts.isPropertyDeclaration(member) && !ts.isPrivateIdentifier(member.name);
}

function membersOf(members: Iterable<ts.TypeElement | ts.ClassElement>): DocumentedMember[] {
  return [...members]
    .filter((member) => ts.isPropertySignature(member) || ts.isPropertyDeclaration(member))
    .map((member) => ({
      name: member.name.getText(),
      type: member.type?.getText().replace(/\s+/g, " ") ?? "",
      isOptional: member.questionToken !== undefined,
      ...docOf(member),
    }));
}

function docOf(node: ts.Node): { text: string; unit?: string; defaultValue?: string } {
  const doc = ts.getJSDocCommentsAndTags(node).find(ts.isJSDoc);
  const tags = new Map(
    doc?.tags?.map((tag) => [tag.tagName.text, plain(ts.getTextOfJSDocComment(tag.comment))]),
  );
  const unit = tags.get("unit");
  const defaultValue = tags.get("defaultValue");
  return {
    text: plain(ts.getTextOfJSDocComment(doc?.comment)),
    ...(unit === undefined ? {} : { unit }),
    ...(defaultValue === undefined ? {} : { defaultValue }),
  };
}

function plain(comment: string | undefined): string {
  return (comment ?? "")
    .replace(/\{@link (\w+)\}/g, "`$1`")
    .replace(/\s+/g, " ")
    .trim();
}
