// The reference page's renderer is one file without dependencies. Its package names 270 others, 200 MB, for developers
// who build with its parts.
module.exports = {
  hooks: {
    readPackage(manifest) {
      return manifest.name === "@scalar/api-reference" ? { ...manifest, dependencies: {} } : manifest;
    },
  },
};
