import type { Box, Edge, Rectangle, Scene, Text } from "../../../runtime/report/diagram/scene.js";
import { widthOf } from "../../../runtime/report/diagram/typography.js";

/** Everything that a reader of a picture would stumble over; nothing for a good one. */
export function flawsOf(scene: Scene): readonly string[] {
  return [
    ...scene.boxes.flatMap((box, index) => [
      ...scene.boxes
        .slice(index + 1)
        .filter((other) => overlap(box, other))
        .map((other) => `${box.key} and ${other.key} overlap`),
      ...box.texts
        .filter((text) => !holds(box, text))
        .map((text) => `"${text.text}" leaves ${box.key}`),
      ...(isWithin(scene, box) ? [] : [`${box.key} leaves the picture`]),
    ]),
    ...duplicates(scene.boxes.map(({ key }) => key)).map((key) => `two boxes are called ${key}`),
    ...scene.edges.flatMap((edge) => looseEnds(scene, edge)),
    ...[
      ...scene.texts,
      ...scene.edges.flatMap(({ texts }) => texts),
      ...scene.samples.map(({ text }) => text),
    ]
      .filter((text) => !isWithin(scene, placeOf(text)))
      .map((text) => `"${text.text}" leaves the picture`),
    ...textsOnBoxes(scene),
  ];
}

function overlap(a: Rectangle, b: Rectangle): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

/** The room that a text takes, by the estimate of its width. */
function placeOf({ x, y, text, style, anchor = "start" }: Text): Rectangle {
  const width = widthOf(text, style);
  const shift = { start: 0, middle: width / 2, end: width }[anchor];
  return { x: x - shift, y: y - 10, width, height: 12 };
}

function holds(box: Rectangle, text: Text): boolean {
  const place = placeOf(text);
  return (
    place.x >= box.x &&
    place.x + place.width <= box.x + box.width + 1e-6 &&
    place.y >= box.y &&
    place.y + place.height <= box.y + box.height
  );
}

function isWithin({ width, height }: Scene, place: Rectangle): boolean {
  return holdsPlace({ x: 0, y: 0, width, height }, place);
}

function holdsPlace(outer: Rectangle, inner: Rectangle): boolean {
  return (
    inner.x >= outer.x &&
    inner.y >= outer.y &&
    inner.x + inner.width <= outer.x + outer.width &&
    inner.y + inner.height <= outer.y + outer.height
  );
}

function looseEnds({ boxes }: Scene, edge: Edge): readonly string[] {
  const ends = [
    [edge.from, edge.points[0]],
    [edge.to, edge.points.at(-1)],
  ] as const;
  return ends.flatMap(([key, point]) => {
    const box = boxes.find((one) => one.key === key);
    if (box === undefined) return [`an edge ends at ${key}, which is no box`];
    return point && touches(box, point) ? [] : [`an edge does not touch ${key}`];
  });
}

function touches(box: Box, [x, y]: readonly [number, number]): boolean {
  const isOnSide = x === box.x || x === box.x + box.width;
  const isOnEnd = y === box.y || y === box.y + box.height;
  const isBeside = x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height;
  return isBeside && (isOnSide || isOnEnd);
}

/** Words that stand on a box which is not theirs. */
function textsOnBoxes({ boxes, texts, edges }: Scene): readonly string[] {
  return [...texts, ...edges.flatMap((edge) => edge.texts)].flatMap((text) =>
    boxes
      .filter((box) => overlap(box, placeOf(text)))
      .map((box) => `"${text.text}" stands on ${box.key}`),
  );
}

function duplicates(keys: readonly string[]): readonly string[] {
  return keys.filter((key, index) => keys.indexOf(key) !== index);
}
