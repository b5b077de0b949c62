// A closed page still leads to the copy on this phone, if there is one.

import "./leaving.js";
import { load } from "./store.js";

document.getElementById("have-copy").hidden = !(await load());
