import type { ButtonHTMLAttributes } from 'react';
import css from './Button.module.css';

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly kind?: 'plain' | 'primary' | 'danger' | 'link';
}

export function Button({ kind = 'plain', className, ...rest }: ButtonProps) {
  return <button type="button" {...rest} className={`${css['button']} ${css[kind]} ${className ?? ''}`} />;
}
