import { TextInput, type TextInputProps } from '@mantine/core';
import { useId } from 'react';

/** The name of a section; those that are known are proposed by the browser itself. */
export function SectionInput({
  sections,
  ...rest
}: TextInputProps & { readonly sections: readonly string[] }) {
  const id = useId();
  return (
    <>
      <TextInput autoComplete="off" list={id} {...rest} />
      <datalist id={id}>
        {sections.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
    </>
  );
}
