import { useTexts } from '../i18n/Texts';
import { Finder } from './Finder';
import { useCommands } from './useCommands';

export function CommandPalette({ onClose }: { readonly onClose: () => void }) {
  const { palette } = useTexts();
  const commands = useCommands();
  return (
    <Finder
      title={palette.title}
      placeholder={palette.placeholder}
      results={palette.results}
      commands={commands}
      onClose={onClose}
    />
  );
}
