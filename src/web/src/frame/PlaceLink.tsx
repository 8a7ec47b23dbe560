import type { ReactNode } from 'react';
import { Link, useLocation } from 'wouter';
import type { Place } from './places';

interface PlaceLinkProps {
  readonly place: Place;
  readonly className?: string | undefined;
  readonly label?: string;
  readonly children: ReactNode;
}

export function PlaceLink({ place, className, label, children }: PlaceLinkProps) {
  const [location] = useLocation();
  const isHere = [place.path, place.alsoAt].some(
    (path) => path !== undefined && (location === path || location.startsWith(`${path}/`)),
  );
  const shared = {
    className,
    'aria-label': label,
    'aria-current': isHere ? ('page' as const) : undefined,
    children,
  };
  return place.isOutside ? <a href={place.path} {...shared} /> : <Link href={place.path} {...shared} />;
}
