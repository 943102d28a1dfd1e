import { Anchor, Button, FileInput, Stack, Text, Textarea } from '@mantine/core';
import { IconUpload } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { FormFailure } from '~/ui/form-parts';
import { SectionCard } from '~/ui/section-card';
import { useIntent } from '~/ui/use-intent';
import { UPLOAD_IMPORT } from './operations';

/** What a treasurer's table has, in the words that every reader of tables here knows. */
const TEMPLATE = [
  'Supporter,Contract,Pledged,Received,Received on,Repaid,Repaid on,Note',
  'Oak Hollow,CSM-2026-0001,1800.00,900.00,2026-01-15,,,first half',
  'Oak Hollow,CSM-2026-0001,1800.00,900.00,2026-02-15,150.00,2026-03-01,second half',
].join('\r\n');

export function UploadCard({ fablabId }: { readonly fablabId: string }) {
  const { t } = useTranslation('imports');
  const navigate = useNavigate();
  const [file, setFile] = useState<File | null>(null);
  const [pasted, setPasted] = useState('');
  const upload = useIntent(UPLOAD_IMPORT, {
    done: ({ uploadImport }) => void navigate(`/import/${uploadImport.id}`),
    refused: () => true,
  });
  const send = async (): Promise<void> => {
    const bytes = file ? new Uint8Array(await file.arrayBuffer()) : new TextEncoder().encode(pasted);
    const fileName = file?.name ?? t('pastedName');
    await upload.run({ fablabId, fileName, contentBase64: base64(bytes) });
  };
  const filled = file !== null || pasted.trim() !== '';
  return (
    <SectionCard
      title={t('upload.title')}
      hint={
        <>
          {t('upload.hint')}{' '}
          <Anchor
            href={`data:text/csv;charset=utf-8,${encodeURIComponent(TEMPLATE)}`}
            download={t('upload.templateName')}
            inherit
          >
            {t('upload.template')}
          </Anchor>
        </>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (filled) void send();
        }}
      >
        <Stack maw="40rem">
          <FormFailure failure={upload.failure} />
          <FileInput
            size="md"
            label={t('upload.file')}
            description={t('upload.fileHint')}
            placeholder={t('upload.choose')}
            accept=".csv,.txt,.tsv,text/csv,text/plain"
            value={file}
            onChange={setFile}
            clearable
            clearButtonProps={{ 'aria-label': t('upload.clear') }}
            leftSection={<IconUpload size={18} aria-hidden />}
          />
          {!file && (
            <Textarea
              label={t('upload.paste')}
              description={t('upload.pasteHint')}
              value={pasted}
              onChange={(event) => setPasted(event.currentTarget.value)}
              minRows={3}
              maxRows={10}
            />
          )}
          <Text size="sm" c="dimmed">
            {t('upload.nothing')}
          </Text>
          <Button type="submit" disabled={!filled} loading={upload.busy}>
            {t('upload.submit')}
          </Button>
        </Stack>
      </form>
    </SectionCard>
  );
}

/** In pieces: a whole file would be too many arguments for one call. */
function base64(bytes: Uint8Array): string {
  const PIECE = 0x8000;
  let text = '';
  for (let start = 0; start < bytes.length; start += PIECE)
    text += String.fromCharCode(...bytes.subarray(start, start + PIECE));
  return btoa(text);
}
