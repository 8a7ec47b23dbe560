import { Check, Copy as CopyIcon } from 'lucide-react';
import { useState } from 'react';
import { useTexts } from '../../i18n/Texts';
import { Button } from '../Button';

/** Puts a text on the clipboard and says so. */
export function Copy({ text }: { readonly text: string }) {
  const { accounts } = useTexts();
  const [isDone, setDone] = useState(false);
  const Icon = isDone ? Check : CopyIcon;
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      copyBySelection(text);
    }
    setDone(true);
    setTimeout(() => setDone(false), 2_000);
  };
  return (
    <Button onClick={() => void copy()}>
      <Icon size={14} aria-hidden="true" />
      <span role="status">{isDone ? accounts.form.copied : accounts.form.copy}</span>
    </Button>
  );
}

/** Browsers keep the clipboard from pages served without HTTPS; the old way works there. */
function copyBySelection(text: string): void {
  const area = document.createElement('textarea');
  area.value = text;
  (document.querySelector('dialog[open]') ?? document.body).append(area);
  area.select();
  document.execCommand('copy');
  area.remove();
}
