export * from './signing-request.ts';
export * from './autograph.ts';
export * from './document-finding.ts';
export * from './signing.ts';
export * from './evidence.ts';
export * from './notification.ts';
export * from './operator.ts';
export * from './problem.ts';
