// Prints the page, which prints its paper alone.
document.addEventListener("click", (event) => {
  if (event.target instanceof Element && event.target.closest("[data-prints]")) window.print();
});
