import {
  AppWindow,
  Bell,
  type LucideIcon,
  Mail,
  MessageCircle,
  MessageSquare,
  Send,
  Smartphone,
  Webhook,
} from 'lucide-react';
import type { ChannelKind } from './useChannelList';

export const iconOf: { readonly [channel in ChannelKind]: LucideIcon } = {
  NTFY: Smartphone,
  EMAIL: Mail,
  SMS: MessageSquare,
  DISCORD: MessageCircle,
  TELEGRAM: Send,
  WEBHOOK: Webhook,
  WEBPUSH: AppWindow,
  IN_APP: Bell,
};
