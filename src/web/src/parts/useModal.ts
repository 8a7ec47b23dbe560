import { useLayoutEffect, useRef } from 'react';

/** The browser's own modal: the page behind is inert, and focus comes back to where it was. */
export function useModal() {
  const dialog = useRef<HTMLDialogElement>(null);
  // Closed before React takes it off the page: only then does the browser give the focus back.
  useLayoutEffect(() => {
    const opened = dialog.current;
    opened?.showModal();
    return () => opened?.close();
  }, []);
  return dialog;
}
