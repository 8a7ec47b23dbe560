import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App';
import { ApiError } from './api/ApiError';
import { loadLanguage, Speak } from './i18n/Texts';
import { startLive } from './live/live';
import { currentPreferences } from './preferences/store';
import { ErrorBoundary } from './problems/ErrorBoundary';
import { reportUncaught } from './problems/report';
import './styles/tokens.css';
import './styles/fonts.css';
import './styles/figures.css';
import './styles/base.css';
import './styles/app.css';

const cache = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      retry: (failures, error) => failures < 2 && error instanceof ApiError && error.isPassing,
    },
  },
});

async function start(root: HTMLElement): Promise<void> {
  reportUncaught();
  startLive();
  const first = await loadLanguage(currentPreferences().language);
  createRoot(root).render(
    <StrictMode>
      <Speak first={first}>
        <ErrorBoundary>
          <QueryClientProvider client={cache}>
            <App />
          </QueryClientProvider>
        </ErrorBoundary>
      </Speak>
    </StrictMode>,
  );
}

const root = document.getElementById('root');
if (root) void start(root);
