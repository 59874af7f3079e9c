#!/usr/bin/env node
// What npm links as `tu-esign`. It runs in whatever Node the machine has, and hands over to the Node that came along.
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';

const oldest = 26;
const program = new URL('./lib/tu-esign.js', import.meta.url);
const packages = [`node-${process.platform}-${process.arch}`, `node-bin-${process.platform}-${process.arch}`];

const find = (name) => {
  try {
    return createRequire(import.meta.url).resolve(
      `${name.replace('win32', 'win')}/bin/node${process.platform === 'win32' ? '.exe' : ''}`,
    );
  } catch {
    return undefined;
  }
};

const handOver = (node) => {
  const child = spawn(node, [program.pathname, ...process.argv.slice(2)], { stdio: 'inherit' });
  // A supervisor knows this process alone; a terminal tells both, and the service heeds the first of two.
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => {
    process.stderr.write(`${node} cannot be run: ${error.message}\n`);
    process.exitCode = 1;
  });
  child.on('close', (code, signal) => {
    process.exitCode = code === null ? 1 : code;
    if (signal === 'SIGKILL') process.exitCode = 137;
  });
};

if (Number.parseInt(process.versions.node, 10) >= oldest) {
  await import(program.href);
} else {
  const node = packages.map(find).find((path) => path !== undefined);
  if (node) handOver(node);
  else {
    process.stderr.write(
      `tu-esign needs Node ${oldest}; this is Node ${process.versions.node}, and no Node came along for ${process.platform} on ${process.arch} (npm leaves it out with --omit=optional). Install Node ${oldest} or newer.\n`,
    );
    process.exitCode = 1;
  }
}
