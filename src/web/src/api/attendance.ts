/** How long after somebody last did something the page still counts as used. */
const attendedFor = 60_000;
const signs = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'];

/** Watches for people: the answer tells whether one did something within the last minute. */
export function watchAttendance(page: EventTarget): () => boolean {
  let lastSign = Date.now();
  const note = () => {
    lastSign = Date.now();
  };
  for (const sign of signs) page.addEventListener(sign, note, { capture: true, passive: true });
  return () => Date.now() - lastSign < attendedFor;
}
