// The terminal is told where its program is: at the address of this page, also behind a proxy with TLS.
document.addEventListener("DOMContentLoaded", () => {
  const scheme = location.protocol === "https:" ? "wss://" : "ws://";
  document.getElementById("terminal").dataset.sessionWebsocketUrl = scheme + location.host + "/ws";
});

// Once it is there it has the keyboard, without a click.
window.addEventListener("load", () => {
  setTimeout(() => document.querySelector(".xterm-helper-textarea").focus(), 0);
});
