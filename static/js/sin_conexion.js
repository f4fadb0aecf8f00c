// The page that a phone shows without a connection: it becomes the one that was asked for as soon as there is one.
window.addEventListener("online", () => location.reload());
