// The usual message of a reason stands in the field as soon as the reason is chosen, for as long as nobody has written
// there. The button that does it without a script is not needed then.
for (const select of document.querySelectorAll("select[data-begins]")) {
  const field = document.getElementById(select.dataset.begins);
  const button = select.parentElement.querySelector("button[name=begin]");
  if (button) button.hidden = true;
  let begun = "";
  select.addEventListener("change", () => {
    if (field.value.trim() !== begun.trim()) return;
    begun = select.selectedOptions[0]?.dataset.usual ?? "";
    field.value = begun;
  });
}
