/** Where the columns of a pair of Regions stand, and what stands between things, pixels. */
export const frame = {
  margin: 24,
  groupColumn: 96,
  columnWidth: 372,
  gutter: 276,
  padding: 14,
  regionHeader: 38,
  rowGap: 12,
  groupGap: 16,
  turnWidth: 400,
  cardPadding: 10,
  meterHeight: 6,
} as const;

const { margin, groupColumn, columnWidth, gutter, padding } = frame;
const left = margin + padding + groupColumn;

/** Left edges of both columns, the place between them, and the width of all. */
export const columns = {
  left,
  right: left + columnWidth + gutter,
  middle: left + columnWidth + gutter / 2,
  width: left + 2 * columnWidth + gutter + padding + margin,
  cardWidth: columnWidth - 2 * padding,
} as const;
