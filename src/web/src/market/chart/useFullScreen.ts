import { type RefObject, useEffect, useState } from 'react';

/** The page alone on the screen, where the browser can do that (an iPhone's cannot). */
export function useFullScreen(page: RefObject<HTMLElement | null>) {
  const [isFullScreen, setFullScreen] = useState(false);
  useEffect(() => {
    const look = () => setFullScreen(document.fullscreenElement !== null);
    document.addEventListener('fullscreenchange', look);
    return () => document.removeEventListener('fullscreenchange', look);
  }, []);
  const toggle = () => {
    const change = document.fullscreenElement ? document.exitFullscreen() : page.current?.requestFullscreen();
    // Refused, as in a frame that may not: the page simply stays as it is.
    change?.catch(() => undefined);
  };
  return {
    isFullScreen,
    toggleFullScreen: document.fullscreenEnabled ? toggle : null,
  };
}
