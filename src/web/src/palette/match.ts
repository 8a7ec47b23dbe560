export interface Findable {
  readonly title: string;
  readonly keywords?: string;
  /** A short name; who types exactly that means this and nothing else. */
  readonly code?: string;
}

/** Every word of the query must begin a word of the command, or stand inside its title; better fits come first. */
export function findCommands<Command extends Findable>(
  commands: readonly Command[],
  query: string,
): Command[] {
  const words = fold(query).split(/\s+/).filter(Boolean);
  if (words.length === 0) return [...commands];
  return commands
    .map((command, order) => ({ command, order, score: score(command, words) }))
    .filter((candidate) => candidate.score > 0)
    .sort((one, other) => other.score - one.score || one.order - other.order)
    .map((candidate) => candidate.command);
}

function score(command: Findable, words: readonly string[]): number {
  const title = fold(command.title);
  const code = fold(command.code ?? '');
  const titleWords = title.split(wordBreak);
  const otherWords = fold(command.keywords ?? '').split(wordBreak);
  let total = 0;
  for (const word of words) {
    if (word === code) total += 5;
    else if (title.startsWith(word)) total += 4;
    else if (titleWords.some((candidate) => candidate.startsWith(word))) total += 3;
    else if (otherWords.some((candidate) => candidate.startsWith(word))) total += 2;
    else if (title.includes(word)) total += 1;
    else return 0;
  }
  return total;
}

const wordBreak = /[^\p{L}\p{N}]+/u;

/** Case and accents do not matter: “auftrage” finds “Aufträge”. */
const fold = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
