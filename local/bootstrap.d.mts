export const nodeVersion: string;
export function runsTypeScript(version: string): boolean;
export function cacheFolder(env: NodeJS.ProcessEnv): string;
export function missingDependency(folder: string): string | undefined;
export function alone<T>(lock: string, work: () => Promise<T>): Promise<T>;
