import type { UseFormReturnType } from '@mantine/form';
import { InputCheck } from '#kernel';
import type { Failure } from './failure';

/** Mantine's `validate` from the kernel's own checks, so that a form refuses what the server would refuse, in its words. */
export function checkedBy<Values>(read: (check: InputCheck, values: Values) => void) {
  return (values: Values): Record<string, string> => {
    const check = new InputCheck();
    read(check, values);
    return errorsOf(check.problems);
  };
}

function errorsOf(problems: readonly { field: string; message: string }[]): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const { field, message } of problems) errors[fieldOf(field)] ??= message;
  return errors;
}

/** Money is one field on the screen and two in the input. */
function fieldOf(path: string): string {
  return path.replace(/^input\./, '').replace(/\.(amountMinor|currency)$/, '');
}

/** Puts the server's sentences under their fields; false when none of them belongs to one. */
export function showProblems<Values>(form: UseFormReturnType<Values>, failure: Failure): boolean {
  const errors = errorsOf(failure.problems);
  const names = Object.keys(errors);
  if (names.length === 0) return false;
  form.setErrors(errors);
  focusFirstError();
  const shown = names.every((name) => hasField(form.getValues(), name));
  return shown;
}

function hasField(values: unknown, path: string): boolean {
  let here: unknown = values;
  for (const part of path.split('.')) {
    if (typeof here !== 'object' || here === null || !(part in here)) return false;
    here = (here as Record<string, unknown>)[part];
  }
  return true;
}

/** The person is taken to what must be corrected. */
export function focusFirstError(): void {
  requestAnimationFrame(() => {
    document
      .querySelector<HTMLElement>('main [aria-invalid="true"], [role="dialog"] [aria-invalid="true"]')
      ?.focus();
  });
}
