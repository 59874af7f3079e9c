import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createFolder, run } from './tools.ts';

const source = (name: string): string => fileURLToPath(new URL(`preflight/${name}.java`, import.meta.url));
const sources = [
  'javax/activation/DataSource',
  'javax/activation/FileDataSource',
  'javax/xml/bind/DatatypeConverter',
  'Preflight',
].map(source);

const jars = ['preflight', 'pdfbox2', 'fontbox2', 'xmpbox', 'commons-logging', 'commons-io'].map(
  (name) => `/usr/share/java/${name}.jar`,
);

/** Debian's libpdfbox2-java and a JDK: too large to be installed for this alone. */
export const hasPreflight = ['/usr/bin/javac', ...jars].every((path) => existsSync(path));

/** What PDFBox's preflight has against files as PDF/A-1b, line by line. */
export const preflight = (...files: string[]): string[] => {
  const folder = createFolder();
  const classes = [folder.path, ...jars].join(':');
  const compiled = run('javac', '-nowarn', '-cp', classes, '-d', folder.path, ...sources);
  if (compiled.status !== 0) throw new Error(compiled.output);
  const { output } = run('java', '-cp', classes, 'Preflight', ...files);
  folder.remove();
  return output.split('\n').filter((line) => files.some((file) => line.startsWith(file)));
};
