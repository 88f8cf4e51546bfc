// The bootstrap-icons of the toolbar, built into the file: no request, no markup in the page.
import bold from "bootstrap-icons/icons/type-bold.svg";
import bullets from "bootstrap-icons/icons/list-ul.svg";
import down from "bootstrap-icons/icons/arrow-down.svg";
import image from "bootstrap-icons/icons/image.svg";
import insert from "bootstrap-icons/icons/window-plus.svg";
import italic from "bootstrap-icons/icons/type-italic.svg";
import link from "bootstrap-icons/icons/link-45deg.svg";
import numbers from "bootstrap-icons/icons/list-ol.svg";
import phrase from "bootstrap-icons/icons/input-cursor-text.svg";
import redo from "bootstrap-icons/icons/arrow-clockwise.svg";
import settings from "bootstrap-icons/icons/gear.svg";
import table from "bootstrap-icons/icons/table.svg";
import term from "bootstrap-icons/icons/asterisk.svg";
import trash from "bootstrap-icons/icons/trash.svg";
import underline from "bootstrap-icons/icons/type-underline.svg";
import undo from "bootstrap-icons/icons/arrow-counterclockwise.svg";
import up from "bootstrap-icons/icons/arrow-up.svg";

export const icons = {
  bold,
  bullets,
  down,
  image,
  insert,
  italic,
  link,
  numbers,
  phrase,
  redo,
  settings,
  table,
  term,
  trash,
  underline,
  undo,
  up,
};
