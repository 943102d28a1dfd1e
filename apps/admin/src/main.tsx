import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import './app/base.css';
import './app/i18n';
import { createRoot } from 'react-dom/client';
import { App } from './app/app';

const root = document.getElementById('root');
if (root) createRoot(root).render(<App />);
