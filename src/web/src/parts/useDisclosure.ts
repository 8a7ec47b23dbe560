import { type RefObject, useEffect, useRef, useState } from 'react';

/** What a button opens beside itself: Escape, a press elsewhere and the focus going elsewhere close it. */
export function useDisclosure<Box extends HTMLElement>(): {
  readonly box: RefObject<Box | null>;
  readonly isOpen: boolean;
  readonly setOpen: (isOpen: boolean) => void;
} {
  const [isOpen, setOpen] = useState(false);
  const box = useRef<Box>(null);
  useEffect(() => {
    if (!isOpen) return;
    const leave = (event: Event) => {
      if (
        event instanceof KeyboardEvent ? event.key !== 'Escape' : box.current?.contains(event.target as Node)
      )
        return;
      setOpen(false);
      if (event instanceof KeyboardEvent) box.current?.querySelector('button')?.focus();
    };
    addEventListener('keydown', leave);
    addEventListener('pointerdown', leave);
    addEventListener('focusin', leave);
    return () => {
      removeEventListener('keydown', leave);
      removeEventListener('pointerdown', leave);
      removeEventListener('focusin', leave);
    };
  }, [isOpen]);
  return { box, isOpen, setOpen };
}
