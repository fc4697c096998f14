// The form with a script: what is typed is kept from time to time, on the server while it can be reached and on this
// device while it cannot, and dates are echoed as they are understood. Without this script the buttons do the same.
import { watchTyping } from "./contribute/keep.js";

document.getElementById("summary")?.focus();
watchTyping();
