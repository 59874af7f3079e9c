import { runService } from '#command/running/run-service.ts';

await runService();
