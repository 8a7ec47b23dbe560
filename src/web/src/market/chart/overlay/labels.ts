import type { ChartFocus } from '../SideChart';

export type Tone = 'rise' | 'fall' | 'muted' | 'text';

export interface Label {
  readonly text: string;
  readonly x: number;
  /** Of its middle. */
  readonly y: number;
  readonly align: 'left' | 'middle' | 'right';
  readonly tone: Tone;
  readonly isStrong: boolean;
  /** How many rows up or down it may be pushed before it is left out. */
  readonly mayMove: number;
  readonly of: ChartFocus | null;
}

export interface PlacedLabel extends Label {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

const padding = 4;
export const labelHeight = 15;

/** Gives labels their places so that none lies on another; one without room is left out. */
export class Labels {
  readonly placed: PlacedLabel[] = [];
  readonly #area: { readonly width: number; readonly height: number };
  readonly #measure: (text: string) => number;

  constructor(area: { readonly width: number; readonly height: number }, measure: (text: string) => number) {
    this.#area = area;
    this.#measure = measure;
  }

  put(label: Label): boolean {
    for (let step = 0; step <= label.mayMove * 2; step++) {
      // 0, then a row up, a row down, two up and so on.
      const shift = Math.ceil(step / 2) * (labelHeight + 1) * (step % 2 === 1 ? -1 : 1);
      const place = this.#at(label, label.y + shift);
      if (this.#isFree(place)) {
        this.placed.push(place);
        return true;
      }
    }
    return false;
  }

  #at(label: Label, y: number): PlacedLabel {
    const width = this.#measure(label.text) + 2 * padding;
    const left =
      label.align === 'right' ? label.x - width : label.align === 'left' ? label.x : label.x - width / 2;
    return {
      ...label,
      y,
      left,
      right: left + width,
      top: y - labelHeight / 2,
      bottom: y + labelHeight / 2,
    };
  }

  #isFree(place: PlacedLabel): boolean {
    if (place.left < 0 || place.right > this.#area.width || place.top < 0 || place.bottom > this.#area.height)
      return false;
    return this.placed.every(
      (other) =>
        place.left >= other.right ||
        place.right <= other.left ||
        place.top >= other.bottom ||
        place.bottom <= other.top,
    );
  }
}
