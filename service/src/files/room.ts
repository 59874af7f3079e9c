import type { StatsFs } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { Problem } from '#problem.ts';
import type { Log } from '#telemetry/log.ts';

/** How much room there is: for all, for signings alone, or for neither, so that what was accepted can be ended. */
export type RoomLeft = 'enough' | 'little' | 'none';

/** Room on the disk that records and files lie on. */
export interface Room {
  left(): Promise<RoomLeft>;
  /** Bytes; undefined where nothing is kept on a disk of this machine. */
  free(): Promise<number | undefined>;
  /**
   * Uploads leave a reserve to signings, and signings the last quarter of it to what was accepted before them.
   * @throws Problem storage-full
   */
  require(use: 'upload' | 'signing', bytes: number): Promise<void>;
}

export interface RoomOptions {
  /** The folder whose disk it is; undefined where nothing is kept on this machine. */
  folder: string | undefined;
  /** What uploads leave, in bytes; a twentieth of the disk at most, so that a small one can be used. */
  reserve: number;
  log: Pick<Log, 'info' | 'error'>;
  /** How full the disk is; by default as the operating system says. */
  readonly look?: (folder: string) => Promise<Pick<StatsFs, 'bsize' | 'blocks' | 'bavail'>>;
}

const retryAfterSeconds = 60;

/** Says once that the disk is getting full, and once that there is room again. */
export const createRoom = ({ folder, reserve, log, look = statfs }: RoomOptions): Room => {
  let told: RoomLeft = 'enough';

  const tell = (left: RoomLeft): void => {
    if (left === told) return;
    told = left;
    if (left === 'enough') log.info('there is room on the disk again', { folder: folder! });
    else log.error(left === 'little' ? almostFull : full, { folder: folder! });
  };

  const measure = async () => {
    if (folder === undefined) return { free: Infinity, kept: 0 };
    const { bsize, blocks, bavail } = await look(folder);
    return { free: bavail * bsize, kept: Math.min(reserve, (blocks * bsize) / 20) };
  };

  const left = async (): Promise<RoomLeft> => {
    const { free, kept } = await measure();
    const judged = judge(free, kept);
    tell(judged);
    return judged;
  };

  return {
    left,
    async free() {
      const { free } = await measure();
      return free === Infinity ? undefined : free;
    },
    async require(use, bytes) {
      const { free, kept } = await measure();
      tell(judge(free, kept));
      const leaves = use === 'upload' ? kept : kept / 4;
      if (free - bytes < leaves) throw new Problem('storage-full', undefined, { retryAfterSeconds });
    },
  };
};

const almostFull = 'the disk is almost full: uploads are refused, so that signings have room; make room';
const full = 'the disk is full: signings are refused as well, so that those accepted can end; make room';

const judge = (free: number, kept: number): RoomLeft =>
  free >= kept ? 'enough' : free >= kept / 4 ? 'little' : 'none';
