/** The colour of a curve for the page around the canvas; null is the quiet one. */
export const cssColour = (colour: number | null): string =>
  colour === null ? 'var(--muted)' : `var(--series-${(colour % 8) + 1})`;
