// Pictures with a script: they are sent as soon as they are chosen, dropped or pasted, in parts, so that a lost
// connection costs only the last one; and they change places without a new page. Without this script, or where one of
// its modules does not load, the pictures travel with the form and the same buttons work. Nothing is sent but to the
// form's own addresses.
import { watchOrder } from "./contribute/order.js";
import { watchForm } from "./contribute/queue.js";
import { watchSources } from "./contribute/sources.js";

watchForm();
watchSources();
watchOrder();
