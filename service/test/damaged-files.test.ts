import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SigningView } from '@tu-esign/contract';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { operate } from './operate.ts';
import { expectProblem } from './problems.ts';
import { follow, postSigning, read } from './requests.ts';
import { agreement, startRunningService, type RunningService } from './running-service.ts';
import { hosts } from './tokens.ts';

const operatorKey = 'the-operators-key-of-the-tests-alone';

let service: RunningService;
let digest: string;
beforeAll(async () => {
  service = await startRunningService({ operatorKey });
  digest = await service.upload(agreement);
});
afterAll(() => service.folder.remove());

const complete = async (identifier: string): Promise<SigningView> => {
  const token = await service.tokens.signing(identifier, digest);
  const { id } = (await (await postSigning(service, token)).json()) as SigningView;
  return (await follow(service, id, token)).at(-1)!;
};

const pathOf = ({ id, outputs }: SigningView): string =>
  join(service.folder.path, 'data/files/signings', id, outputs.document.digest!);

const lastError = (): unknown =>
  service.lines.map((line) => JSON.parse(line)).findLast(({ level }) => level === 'error');

let damaged: SigningView[];

test('an output that is altered or missing is told as such, and to the operator', async () => {
  damaged = [await complete('altered'), await complete('missing')];
  writeFileSync(pathOf(damaged[0]!), 'another');
  rmSync(pathOf(damaged[1]!));
  for (const [at, found] of (['altered', 'missing'] as const).entries()) {
    const { id, outputs } = damaged[at]!;
    const answer = await fetch(outputs.document.link!.href);
    // Asking again does not help.
    expect(answer.headers.get('retry-after')).toBeNull();
    await expectProblem(answer, 'file-damaged');
    const { message } = lastError() as { message: string };
    expect(message).toBe('a request failed');
    expect(service.lines.map((line) => JSON.parse(line))).toContainEqual(
      expect.objectContaining({ level: 'error', message: expect.stringContaining('restore it'), signing: id, found }),
    );
  }
  const headers = { authorization: `Bearer ${operatorKey}` };
  const metrics = await (await fetch(`${service.operatorUrl}/metrics`, { headers })).text();
  for (const found of ['altered', 'missing']) expect(metrics).toContain(`files_total{found="${found}"} 1\n`);
});

test('an agreement that was altered, or is gone, is repaired by uploading it again', async () => {
  const path = join(service.folder.path, 'data/files/documents/bank', digest);
  const token = await service.tokens.signing('agreement', digest);
  const readAgreement = () => read(service, `/v1/documents/${digest}`, token);
  const altered = Buffer.from(agreement);
  altered[altered.length - 1]! ^= 1;
  for (const damage of [() => writeFileSync(path, altered), () => rmSync(path)]) {
    damage();
    await expectProblem(await readAgreement(), 'file-damaged');
    await service.upload(agreement);
    expect((await readAgreement()).status).toBe(200);
  }
});

/** What the operator's command prints, and ends with. */
const check = async (...options: string[]) => {
  const { exitCode, stdout, stderr } = await operate(['check', ...options], {
    TU_ESIGN_HOSTS: service.folder.write('hosts.json', JSON.stringify({ hosts })),
    TU_ESIGN_DATA: join(service.folder.path, 'data'),
  });
  return { code: exitCode, printed: stdout + stderr };
};

test('the operator has all files read, and is told which are not as they were', async () => {
  const running = await check('--files');
  expect([running.code, running.printed]).toEqual([
    1,
    expect.stringContaining('is in use by the service, which keeps its records for itself: stop it for as long'),
  ]);
  await service.stop();
  const { code, printed } = await check('--files');
  expect(code).toBe(1);
  const [altered, missing] = damaged;
  expect(printed).toContain(
    `altered: signings/${altered!.id}/${altered!.outputs.document.digest} (signing ${altered!.id}`,
  );
  expect(printed).toContain(`missing: signings/${missing!.id}/${missing!.outputs.document.digest}`);
  expect(printed).toContain('7 files were read; 2 are not as they were kept\n');
  rmSync(join(service.folder.path, 'data/files/documents/bank', digest));
  expect((await check('--files', '--json')).printed).toContain(
    `{"found":"missing","key":"documents/bank/${digest}","host":"bank"}\n`,
  );
  expect(readdirSync(join(service.folder.path, 'data/files/signings'))).toHaveLength(2);
});
