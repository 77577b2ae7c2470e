/** A page that shows pictures side by side, a row a scene, so that somebody can look them through. */
export function contactSheet(scenes: readonly string[], views: readonly string[]): string {
  const rows = scenes.map((scene) => {
    const pictures = views.map(
      (view) =>
        `<a href="${scene}-${view}.png"><figure><img loading="lazy" src="${scene}-${view}.png" alt=""><figcaption>${view}</figcaption></figure></a>`,
    );
    return `<h2 id="${scene}">${scene}</h2><div>${pictures.join('')}</div>`;
  });
  return `<!doctype html><meta charset="utf-8"><title>Every page and state</title>
<style>body{font:14px system-ui;margin:1rem;background:#888}div{display:flex;gap:1rem;overflow-x:auto;align-items:start}
figure{margin:0}img{display:block;max-height:640px;max-width:560px}figcaption{padding:.25rem 0}</style>
${rows.join('\n')}`;
}
