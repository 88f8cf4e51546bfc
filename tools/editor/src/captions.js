// The surface has no captions; their words must not get lost, so they become a paragraph above.

export function captionsToParagraphs(page) {
  for (const caption of page.querySelectorAll("caption")) {
    const paragraph = page.createElement("p");
    paragraph.append(...caption.childNodes);
    caption.closest("table").before(paragraph);
    caption.remove();
  }
}

export function withoutCaptions(html) {
  if (!html.includes("<caption")) return html;
  const page = new DOMParser().parseFromString(html, "text/html");
  captionsToParagraphs(page);
  return page.body.innerHTML;
}
