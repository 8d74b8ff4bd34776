export const nodeVersion: string;
export function runsTypeScript(version: string): boolean;
export function cacheFolder(env: NodeJS.ProcessEnv): string;
export function missingDependency(folder: string): string | undefined;
