import { ApiError } from '../api/ApiError';
import type { Messages } from '../i18n/english';

/** What went wrong, in the reader's language where we have words for it. */
export function explainError(error: unknown, texts: Messages): string {
  if (!(error instanceof ApiError)) return error instanceof Error ? error.message : String(error);
  const words: { readonly [code: string]: string } = texts.accounts.errors;
  const said = words[error.code] ?? error.message;
  return error.status >= 500 && error.requestId !== null
    ? `${said} (${texts.failure.requestId} ${error.requestId})`
    : said;
}
