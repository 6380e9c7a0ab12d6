// Approved replies: a button puts one into the message, after what is there, to be changed before it is sent.

const box = document.getElementById("text");
for (const button of document.querySelectorAll("[data-ready]")) {
  if (!box) break;
  button.hidden = false;
  button.addEventListener("click", () => {
    const said = document.getElementById(button.dataset.ready).textContent.trim();
    box.value = box.value.trim() ? `${box.value.trimEnd()}\n${said}` : said;
    box.dispatchEvent(new Event("input", { bubbles: true }));
    box.focus();
  });
}
