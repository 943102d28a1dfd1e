declare global {
  // The servers of one run, handed from Jest's global set-up to its teardown.
  var __commonwrightTestServers:
    | {
        readonly dataDir: string;
        readonly postgres: { stop(): Promise<void> };
        readonly redis: { stop(): Promise<void> };
      }
    | undefined;
}

export {};
