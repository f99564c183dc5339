#!/usr/bin/env node
// In the repository, run `build` first. This file exists so that pnpm can link the command before the build.
import "../dist/qonto-sandbox.js";
