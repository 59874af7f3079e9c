import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { isThere } from '../tools.ts';

const unit = fileURLToPath(new URL('../../deploy/tu-esign.service', import.meta.url));

test.skipIf(!isThere('systemd-analyze'))(
  'the systemd unit is hardened, by what systemd-analyze says (skipped where it is missing)',
  () => {
    const { stdout } = spawnSync('systemd-analyze', ['security', '--offline=yes', unit], { encoding: 'utf8' });
    const [, exposure = ''] = /exposure level for tu-esign\.service: ([\d.]+)/.exec(stdout) ?? [];
    expect(Number(exposure)).toBeLessThan(2);
    expect(Number(exposure)).toBeGreaterThan(0);
  },
);
