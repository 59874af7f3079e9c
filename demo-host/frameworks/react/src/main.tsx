import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Page } from './page';

createRoot(document.querySelector('#page')!).render(
  <StrictMode>
    <Page />
  </StrictMode>,
);
