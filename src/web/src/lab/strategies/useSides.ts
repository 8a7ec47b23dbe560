import { useLabTexts } from '../useLabTexts';

/** Directions as people read them. */
export function useSides(): (directions: readonly string[]) => string {
  const { strategies: words } = useLabTexts();
  const sides: { readonly [side: string]: string } = words.sides;
  return (directions) => directions.map((direction) => sides[direction] ?? direction).join(', ');
}
