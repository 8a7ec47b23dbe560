import { useSyncExternalStore } from 'react';
import { ApiError } from '../../api/ApiError';

/** One question at a time: “is it still you?”, and who waits for its answer. */
interface Question {
  readonly answer: (isConfirmed: boolean) => void;
}

let asked: Question | null = null;
const listeners = new Set<() => void>();

function put(question: Question | null): void {
  asked = question;
  for (const listener of listeners) listener();
}

function ask(): Promise<boolean> {
  asked?.answer(false);
  return new Promise((resolve) => {
    put({
      answer: (isConfirmed) => {
        put(null);
        resolve(isConfirmed);
      },
    });
  });
}

export function useQuestion(): Question | null {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => asked,
  );
}

/** Thrown when the person closed the question; nothing was done. */
export class NotConfirmed extends Error {}

/** Does what is sensitive. Where the server wants to be shown again who asks, the person is asked and it is done anew. */
export async function confirmed<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof ApiError) || error.code !== 'CONFIRMATION_REQUIRED') throw error;
    if (!(await ask())) throw new NotConfirmed();
    return await work();
  }
}
