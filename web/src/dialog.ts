// Native dialogs: data-opens="id" opens one, data-close closes it, a click on the backdrop too.
import { target } from "./dom.ts";

export function start(): void {
  document.addEventListener("click", (event) => {
    const id = target(event, "[data-opens]")?.dataset["opens"];
    const dialog = id ? document.getElementById(id) : null;
    if (dialog instanceof HTMLDialogElement) dialog.showModal();
    if (target(event, "[data-close]")) target(event, "dialog")?.closest("dialog")?.close();
    if (event.target instanceof HTMLDialogElement && event.target.open) {
      const box = event.target.getBoundingClientRect();
      const { clientX: x, clientY: y } = event;
      if (x < box.left || x > box.right || y < box.top || y > box.bottom) event.target.close();
    }
  });
}
