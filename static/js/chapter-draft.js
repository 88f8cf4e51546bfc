// Brings a restored draft from the hidden textarea onto the surface of the chapter editor.
"use strict";

document.addEventListener("draft:restored", (event) => {
  for (const textarea of event.target.querySelectorAll("textarea[data-chapter-editor]")) {
    textarea.chapterEditor?.commands.setContent(textarea.value);
  }
}, true);
