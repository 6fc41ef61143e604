const WIDTH = 24;

/** `████████░░░░  33 %` for a share from 0 to 1. */
export function barText(share: number): string {
  const filled = Math.round(share * WIDTH);
  return `${'█'.repeat(filled)}${'░'.repeat(WIDTH - filled)} ${String(Math.round(share * 100)).padStart(3)} %`;
}
