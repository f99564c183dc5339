// The reference page's renderer is one file that holds all it needs. Its package names 270 others, 200 MB, for those who
// build with its parts.
module.exports = {
  hooks: {
    readPackage(manifest) {
      return manifest.name === "@scalar/api-reference" ? { ...manifest, dependencies: {} } : manifest;
    },
  },
};
