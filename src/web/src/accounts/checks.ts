import type { Messages } from '../i18n/english';

type Texts = Messages['accounts'];

export const needed = (text: string, texts: Texts): string | undefined =>
  text.trim() === '' ? texts.form.required : undefined;

export const emailFault = (text: string, texts: Texts): string | undefined =>
  needed(text, texts) ?? (/^[^\s@]+@[^\s@]+$/.test(text.trim()) ? undefined : texts.form.email);

export const codeFault = (text: string, texts: Texts): string | undefined =>
  /^\d{6}$/.test(text.replaceAll(' ', '')) ? undefined : texts.form.sixDigits;

/** The server's rule for passwords, said while typing. */
export function passwordFault(text: string, texts: Texts): string | undefined {
  if (text.length < 8) return texts.password.tooShort;
  if (text.length > 128) return texts.password.tooLong;
  const isMixed = /\p{Lu}/u.test(text) && /\p{Ll}/u.test(text) && /\d/.test(text);
  return text.length < 15 && !isMixed ? texts.password.tooPlain : undefined;
}

/** A number as people type it, with a point or a comma. */
export function readNumber(text: string): number {
  const plain = text.trim().replace(',', '.');
  return /^\d+(\.\d+)?$/.test(plain) ? Number(plain) : Number.NaN;
}

/** One a line, or separated by commas. */
export const readLines = (text: string): string[] =>
  text
    .split(/[\s,;]+/)
    .map((line) => line.trim())
    .filter(Boolean);

/** Whether it looks like an address or a CIDR range; the server has the last word. */
export function isNetwork(text: string): boolean {
  const [address = '', length, more] = text.split('/');
  if (more !== undefined || (length !== undefined && !/^\d{1,3}$/.test(length))) return false;
  const isFour =
    /^(\d{1,3})(\.\d{1,3}){3}$/.test(address) && address.split('.').every((part) => Number(part) <= 255);
  const isSix = address.includes(':') && /^[\da-f:.]+$/i.test(address);
  return (isFour && Number(length ?? 32) <= 32) || (isSix && Number(length ?? 128) <= 128);
}
