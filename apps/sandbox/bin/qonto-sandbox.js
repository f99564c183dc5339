#!/usr/bin/env node
// In the repository, `build` has to run first: this file is here so that pnpm can link the command before it is built.
import "../dist/qonto-sandbox.js";
