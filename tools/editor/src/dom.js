// Builds elements without markup strings, so that no text can become markup.
import { icons } from "./icons.js";

export function element(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

export function icon(name) {
  const svg = new DOMParser().parseFromString(icons[name], "image/svg+xml").documentElement;
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  return document.importNode(svg, true);
}

export function button(label, { kind = "btn-outline-primary", small = true, iconName = "", ...attributes } = {}) {
  return element(
    "button",
    { type: "button", class: `btn ${kind}${small ? " btn-sm" : ""}`, ...attributes },
    iconName ? icon(iconName) : null,
    label,
  );
}
