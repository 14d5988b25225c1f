import type { SignalFigures, StudiedPart, Study } from "./study.ts";

/** What `--json` prints: metrics lie beside a signal's name; what has no value is in `absent`, with the reason. */
export function studyJson({ file, questionCount, sampleCount, signals, categories, models, ...study }: Study): object {
  return {
    file,
    questionCount,
    sampleCount,
    signals: signals.map(({ signal, n, metrics, absent, ...drawn }) => ({
      ...flat({ signal, n, metrics, absent }),
      ...drawn,
    })),
    ...study,
    categories: categories.map(partJson),
    models: models.map(partJson),
  };
}

function partJson({ signals, ...part }: StudiedPart): object {
  return { ...part, signals: signals.map(flat) };
}

function flat({ signal, n, metrics, absent }: SignalFigures): object {
  return { signal, n, ...metrics, ...(Object.keys(absent).length > 0 && { absent }) };
}
