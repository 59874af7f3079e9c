import { runService } from '#command/serve.ts';

await runService();
