/** The colours of the page as a canvas needs them: tokens resolved for the theme of this moment. */
export interface Colours {
  readonly ground: string;
  readonly raised: string;
  readonly line: string;
  readonly lineStrong: string;
  readonly text: string;
  readonly muted: string;
  readonly rise: string;
  readonly fall: string;
  readonly accent: string;
  readonly riseVolume: string;
  readonly fallVolume: string;
  /** For indicators, one after the other. */
  readonly lines: readonly string[];
}

/** Reads what the style sheet says through an element, since a token may be `light-dark()` of two colours. */
export function readColours(host: HTMLElement): Colours {
  const probe = document.createElement('span');
  host.append(probe);
  const read = (token: string): string => {
    probe.style.color = `var(--${token})`;
    return getComputedStyle(probe).color;
  };
  const colours = {
    ground: read('ground'),
    raised: read('raised'),
    line: read('line'),
    lineStrong: read('line-strong'),
    text: read('text'),
    muted: read('muted'),
    rise: read('rise'),
    fall: read('fall'),
    accent: read('accent'),
    riseVolume: faint(read('rise')),
    fallVolume: faint(read('fall')),
    lines: [1, 2, 3, 4, 5, 6, 7, 8].map((number) => read(`series-${number}`)),
  };
  probe.remove();
  return colours;
}

const faint = (colour: string): string => colour.replace(/^rgb\((.*)\)$/, 'rgba($1, 0.32)');
