import type { TypedDocumentNode } from '@apollo/client';
import { useApolloClient } from '@apollo/client/react';
import { useCallback, useRef, useState } from 'react';
import { secureRandom, uuidv7 } from '#kernel';
import { failureOf, type Failure } from './failure';
import { toastRefused } from './toast';

/** One thing a person means to do. Variables without the key are the intent; the same intent keeps its key. */
interface Intent {
  readonly key: string;
  readonly input: string;
}

export interface IntentOptions<Data> {
  /** Runs once, after the server said yes. */
  readonly done?: (data: Data) => void | Promise<void>;
  /** Takes the failure to the form. Without it, or when it returns false, a toast shows the sentence. */
  readonly refused?: (failure: Failure) => boolean | void;
  /** False for mutations whose input has no `idempotencyKey`. */
  readonly keyed?: boolean;
  /** Names of queries that the answer alone does not bring up to date. */
  readonly refetch?: readonly string[];
}

type WithoutKey<Input> = Omit<Input, 'idempotencyKey'>;

/**
 * A mutation that is safe to press twice: while one is on its way a second press does nothing, and a retry after a
 * lost answer carries the same idempotency key, so that the server does the work once.
 */
export function useIntent<Data, Input extends object>(
  document: TypedDocumentNode<Data, { input: Input }>,
  { done, refused, keyed = true, refetch }: IntentOptions<Data> = {},
): { run: (input: WithoutKey<Input>) => Promise<boolean>; busy: boolean; failure: Failure | null } {
  const client = useApolloClient();
  const intent = useRef<Intent | null>(null);
  const onItsWay = useRef(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const options = useRef({ done, refused, keyed, refetch });
  options.current = { done, refused, keyed, refetch };

  const run = useCallback(
    async (given: WithoutKey<Input>): Promise<boolean> => {
      if (onItsWay.current) return false;
      onItsWay.current = true;
      setBusy(true);
      setFailure(null);
      const text = JSON.stringify(given);
      if (intent.current?.input !== text) intent.current = { key: newKey(), input: text };
      const input = (
        options.current.keyed ? { ...given, idempotencyKey: intent.current.key } : given
      ) as Input;
      try {
        const { data } = await client.mutate<Data, { input: Input }>({
          mutation: document,
          variables: { input },
          ...(options.current.refetch && { refetchQueries: [...options.current.refetch] }),
        } as Parameters<typeof client.mutate<Data, { input: Input }>>[0]);
        intent.current = null;
        await options.current.done?.(data as Data);
        return true;
      } catch (error) {
        const told = failureOf(error);
        setFailure(told);
        if (options.current.refused?.(told) !== true) toastRefused(told.message);
        return false;
      } finally {
        onItsWay.current = false;
        setBusy(false);
      }
    },
    [client, document],
  );
  return { run, busy, failure };
}

/** `crypto.randomUUID` is missing on plain http in a fablab's own network, so the kernel composes the id. */
function newKey(): string {
  return uuidv7(Date.now(), secureRandom.bytes(10));
}
