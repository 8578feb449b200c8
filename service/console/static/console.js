// What the pages gain from scripts; each works without.
"use strict";
