import type { PatternKind } from '../../../patterns/kinds';
import type { Colours } from '../drawing/colours';
import type { PlacedLabel, Tone } from './labels';
import type { Pin } from './pins';
import type { PlacedPlan } from './plan';
import type { Box, Line, Scene } from './scene';

export const textFont = '500 10.5px "Inter Variable", Inter, system-ui, sans-serif';

/** Strokes tell kinds apart where there is no room for a word. */
const dashes: { readonly [kind in PatternKind]: readonly number[] } = {
  fairValueGap: [],
  orderBlock: [],
  liquiditySweep: [2, 2],
  breakerBlock: [6, 3],
  mitigationBlock: [2, 3],
};

type Ink = CanvasRenderingContext2D;

export function paintBack(ink: Ink, scene: Scene, colours: Colours, width: number): void {
  for (const box of scene.boxes) paintBox(ink, box, colours, width);
  if (scene.plan) paintPlan(ink, scene.plan, colours);
  ink.globalAlpha = 1;
}

export function paintFront(ink: Ink, scene: Scene, colours: Colours): void {
  for (const line of scene.lines) paintLine(ink, line, colours);
  for (const pin of scene.pins) paintPin(ink, pin, colours);
  ink.globalAlpha = 1;
  for (const label of scene.labels) paintLabel(ink, label, colours);
}

function paintBox(ink: Ink, box: Box, colours: Colours, width: number): void {
  const { zone, top, weight } = box;
  const [left, right] = [Math.max(-2, box.left), Math.min(width + 2, box.right)];
  const known = Math.min(Math.max(left, box.known), right);
  const height = box.bottom - top;
  ink.fillStyle = zone.isUp ? colours.rise : colours.fall;
  ink.strokeStyle = ink.fillStyle;
  // Paler where it lies before anybody could know it.
  ink.globalAlpha = 0.05 * weight;
  ink.fillRect(left, top, known - left, height);
  ink.globalAlpha = 0.12 * weight;
  ink.fillRect(known, top, right - known, height);
  if (box.body && weight >= 1) {
    ink.globalAlpha = 0.09 * weight;
    ink.fillRect(left, box.body.top, right - left, box.body.bottom - box.body.top);
  }
  ink.globalAlpha = Math.min(1, weight < 1 ? 0.35 * weight : 0.5 * weight);
  ink.lineWidth = zone.isChosen ? 1.5 : 1;
  ink.setLineDash([...dashes[zone.kind]]);
  edge(ink, left, right, top);
  edge(ink, left, right, box.bottom);
  ink.setLineDash([]);
  if (zone.kind === 'orderBlock' || zone.isChosen) {
    ink.globalAlpha = Math.min(1, 0.8 * weight);
    ink.fillRect(left, top, 2, height);
  }
  if (height >= 7 && right - left >= 12) arrow(ink, left + 7, top + height / 2, zone.isUp, 3);
}

function edge(ink: Ink, left: number, right: number, y: number): void {
  ink.beginPath();
  ink.moveTo(left, Math.round(y) + 0.5);
  ink.lineTo(right, Math.round(y) + 0.5);
  ink.stroke();
}

function paintLine(ink: Ink, { level, left, right, y }: Line, colours: Colours): void {
  ink.strokeStyle = level.isUp === null ? colours.muted : level.isUp ? colours.rise : colours.fall;
  ink.globalAlpha = 0.75;
  ink.lineWidth = 1;
  ink.setLineDash(level.stroke === 'solid' ? [] : level.stroke === 'dashed' ? [5, 3] : [2, 3]);
  edge(ink, left, right, y);
  ink.setLineDash([]);
}

function paintPin(ink: Ink, { mark, x, y }: Pin, colours: Colours): void {
  ink.fillStyle = mark.isUp ? colours.rise : colours.fall;
  ink.strokeStyle = ink.fillStyle;
  ink.globalAlpha = mark.isAlive || mark.isChosen ? 1 : 0.55;
  // A signal is a full arrow, a sweep an open one.
  arrow(ink, x, y, mark.isUp, mark.isSignal ? 5 : 4, !mark.isSignal);
}

function arrow(ink: Ink, x: number, y: number, isUp: boolean, size: number, isOpen = false): void {
  const way = isUp ? -1 : 1;
  ink.beginPath();
  ink.moveTo(x, y + way * size);
  ink.lineTo(x - size, y - way * size * 0.7);
  ink.lineTo(x + size, y - way * size * 0.7);
  ink.closePath();
  if (isOpen) {
    ink.lineWidth = 1.25;
    ink.stroke();
  } else ink.fill();
}

function paintPlan(ink: Ink, plan: PlacedPlan, colours: Colours): void {
  const width = plan.right - plan.left;
  const furthest = plan.targets.at(-1) ?? plan.entry;
  ink.globalAlpha = 0.1;
  ink.fillStyle = colours.fall;
  ink.fillRect(plan.left, Math.min(plan.entry, plan.stop), width, Math.abs(plan.entry - plan.stop));
  ink.fillStyle = colours.rise;
  ink.fillRect(plan.left, Math.min(plan.entry, furthest), width, Math.abs(plan.entry - furthest));
  ink.globalAlpha = 0.9;
  ink.lineWidth = 1;
  const line = (y: number, colour: string, dash: number[]) => {
    ink.strokeStyle = colour;
    ink.setLineDash(dash);
    edge(ink, plan.left, plan.right, y);
  };
  line(plan.entry, colours.text, []);
  line(plan.stop, colours.fall, [4, 3]);
  for (const target of plan.targets) line(target, colours.rise, [4, 3]);
  ink.setLineDash([]);
}

function paintLabel(ink: Ink, label: PlacedLabel, colours: Colours): void {
  const tones: { readonly [tone in Tone]: string } = {
    rise: colours.rise,
    fall: colours.fall,
    muted: colours.muted,
    text: colours.text,
  };
  const tone = tones[label.tone];
  ink.beginPath();
  ink.roundRect(label.left, label.top, label.right - label.left, label.bottom - label.top, 3);
  ink.globalAlpha = label.isStrong ? 1 : 0.72;
  ink.fillStyle = label.isStrong ? tone : colours.ground;
  ink.fill();
  ink.globalAlpha = 1;
  ink.fillStyle = label.isStrong ? colours.ground : tone;
  ink.textBaseline = 'middle';
  ink.textAlign = 'center';
  ink.fillText(label.text, (label.left + label.right) / 2, label.y + 0.5);
}
