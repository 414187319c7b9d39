/** Width of the picture, and what stands left, right, above and below the lanes, pixels. */
export const frame = {
  width: 1200,
  left: 148,
  right: 24,
  flagRow: 21,
  axis: 28,
  bottom: 30,
} as const;
