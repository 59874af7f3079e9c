import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { SigningView } from '@tu-esign/contract';
import { expectProblem } from '../../../test/problems.ts';
import { follow, postSigning, readRequest } from '../../../test/requests.ts';
import { agreement, startRunningService } from '../../../test/running-service.ts';

test('a link ends, and the next view holds a fresh one', async () => {
  const service = await startRunningService({ linkSeconds: 1 });
  const token = await service.tokens.signing('short', await service.upload(agreement));
  const { id } = (await (await postSigning(service, token)).json()) as SigningView;
  const { link } = (await follow(service, id, token)).at(-1)!.outputs.document;
  await wait(new Date(link!.expiresAt).getTime() - Date.now() + 20);
  await expectProblem(await fetch(link!.href), 'link-expired');
  const fresh = (await readRequest(service, token)).signing!.outputs.document.link!;
  expect((await fetch(fresh.href)).status).toBe(200);
  await service.remove();
});
