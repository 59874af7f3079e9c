import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** Kills the browser that works in this profile, and every process it has started, as a crash of the machine would. */
export const killBrowser = async (profile: string): Promise<number> => {
  const { stdout } = await execute('ps', ['-eo', 'pid=,ppid=,args=']);
  const all = stdout.split('\n').map(toProcess);
  const doomed = new Set(
    all.filter(({ command }) => command.includes(`--user-data-dir=${profile}`)).map(({ id }) => id),
  );
  // Whoever was started by one of these, however far down.
  for (let before = -1; before < doomed.size;) {
    before = doomed.size;
    for (const { id, parent } of all) if (doomed.has(parent)) doomed.add(id);
  }
  for (const id of doomed) kill(id);
  return doomed.size;
};

const toProcess = (line: string) => {
  const [id, parent, ...command] = line.trim().split(/\s+/);
  return { id: Number(id), parent: Number(parent), command: command.join(' ') };
};

/** One that has ended with those before it is as dead as it should be. */
const kill = (id: number): void => {
  try {
    process.kill(id, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
};
