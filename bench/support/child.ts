import { fork, type ChildProcess } from 'node:child_process';

export interface Child {
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts a server in a process of its own and waits for its address; the load then has a core to itself. */
export async function startChild(module: string, environment: NodeJS.ProcessEnv): Promise<Child> {
  const child = fork(module, [], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const url = await new Promise<string>((resolve, reject) => {
    child.on(
      'message',
      (message: { type: string; url: string }) => message.type === 'ready' && resolve(message.url),
    );
    child.on('exit', (code) => reject(new Error(`${module} ended with ${code} before it was ready`)));
  });
  return { url: url.replace('[::1]', '127.0.0.1'), stop: () => stopped(child) };
}

function stopped(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGTERM');
  });
}
