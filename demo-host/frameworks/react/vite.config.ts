import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

// In development React mounts everything twice (StrictMode): a page of its own, for the tests.
export default defineConfig(({ mode }) => {
  const strict = mode === 'development';
  return {
    plugins: [react()],
    base: strict ? '/react/strict/' : '/react/',
    build: { outDir: strict ? 'dist/strict' : 'dist', emptyOutDir: !strict, minify: !strict },
  };
});
