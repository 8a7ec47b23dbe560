export const tabs = ['account', 'security', 'notifications', 'trading', 'subscription', 'keys'] as const;

export type ProfileTab = (typeof tabs)[number];
